import type { IExecuteFunctions } from 'n8n-workflow';

type StoreBinary = IExecuteFunctions['helpers']['prepareBinaryData'];

/** Node's `Readable`, by way of n8n's types: community nodes may not import Node's modules. */
export type Readable = Exclude<Parameters<StoreBinary>[0], Buffer>;

export interface OpenFile {
	content: Readable;
	/** As the file's server names it; '' when it does not. */
	mimeType: string;
}
