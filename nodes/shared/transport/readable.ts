import type { IExecuteFunctions } from 'n8n-workflow';

type StoreBinary = IExecuteFunctions['helpers']['prepareBinaryData'];

/** Node's `Readable` from n8n's types, since community nodes can't import Node's modules. */
export type Readable = Exclude<Parameters<StoreBinary>[0], Buffer>;

export interface OpenFile {
	content: Readable;
	/** As declared by the file's server; '' if it isn't. */
	mimeType: string;
}
