import type { IBinaryData, IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ApiError } from '../../shared/errors/ApiError';
import { endingOf, mimeTypeOfBytes, SIGNATURE_LENGTH } from '../../shared/mimeTypes';
import type { OpenFile, Readable } from '../../shared/transport/readable';
import type { Cost } from '../../shared/transport/usage';
import type { ItemContext } from '../run/operation';
import type { OutputFile } from './outputFiles';

/** What is known about the call that made the files. */
export interface MediaResult {
	files: OutputFile[];
	id: string;
	cost?: Cost;
	/** Further facts for each item, e.g. which model stood in. */
	metadata?: IDataObject;
}

/**
 * One item for each file, the file itself as binary unless 'Download' is off. Cost stands on the
 * first only, so that a sum over the items stays true.
 *
 * @throws CallFailure when a file cannot be fetched, with its address and what it cost
 */
export async function toMediaItems(
	context: ItemContext,
	answer: MediaResult,
): Promise<INodeExecutionData[]> {
	const { files, id, cost, metadata } = answer;
	const field = context.getOption('outputField', 'data') || 'data';
	const mayDownload = context.getOption('download', true);
	const items: INodeExecutionData[] = [];
	for (const [index, file] of files.entries()) {
		const stored =
			mayDownload || !file.url ? await storeOrFail(context, file, index, answer) : undefined;
		items.push({
			json: {
				...describeFile(file, stored),
				index,
				...(context.model && { model: context.model }),
				id,
				...metadata,
				...(index === 0 && cost && { cost: { ...cost } }),
			},
			...(stored && { binary: { [field]: stored } satisfies IBinaryKeyData }),
		});
	}
	return items;
}

function describeFile(file: OutputFile, stored: IBinaryData | undefined): IDataObject {
	const metadata = {
		fileName: stored?.fileName ?? file.fileName,
		mimeType: stored?.mimeType ?? file.mimeType,
		fileSize: stored?.bytes,
		url: file.url,
	};
	return Object.fromEntries(
		Object.entries(metadata).filter(([, value]) => value !== undefined),
	) as IDataObject;
}

async function storeOrFail(
	context: ItemContext,
	file: OutputFile,
	index: number,
	{ id, cost }: MediaResult,
) {
	return await storeFile(context, file, index).catch((error: unknown) => {
		if (!(error instanceof ApiError)) throw error;
		const details = { url: file.url, id, ...(cost && { cost: { ...cost } }) };
		throw new ApiError({ ...error.info, details });
	});
}

/** Puts a file of an answer into n8n's store, under its own name or one made up from its type. */
export async function storeFile(
	context: ItemContext,
	file: OutputFile,
	index: number,
): Promise<IBinaryData> {
	const bytes = file.bytes ?? (file.base64 && Buffer.from(file.base64, 'base64'));
	const opened = bytes ? undefined : await context.openFile(file.url!);
	const content = bytes || opened!.content;
	const mimeType = await detectMimeType(content, opened, file);
	const fileName =
		file.fileName ??
		toFileName(file.url) ??
		`${toFileKind(mimeType)}-${index + 1}.${endingOf(mimeType)}`;
	return await context.storeFile(content, fileName, mimeType);
}

const UNSPECIFIC_TYPES = new Set([
	'',
	'application/octet-stream',
	'binary/octet-stream',
	'text/plain',
]);

/** The type by the file's server; where that does not say, by the file's first bytes. */
async function detectMimeType(
	content: Buffer | Readable,
	opened: OpenFile | undefined,
	file: OutputFile,
): Promise<string> {
	if (opened && !UNSPECIFIC_TYPES.has(opened.mimeType)) return opened.mimeType;
	const start = Buffer.isBuffer(content) ? content : await peek(content);
	return mimeTypeOfBytes(start) ?? (file.mimeType || 'application/octet-stream');
}

/** The first bytes of a stream, which can be read in full afterwards. */
async function peek(stream: Readable): Promise<Uint8Array> {
	await new Promise<void>((resolve, reject) => {
		stream.once('readable', () => resolve());
		stream.once('end', () => resolve());
		stream.once('error', reject);
	});
	const chunk = stream.read(SIGNATURE_LENGTH) ?? stream.read();
	if (!(chunk instanceof Uint8Array)) return new Uint8Array();
	stream.unshift(chunk);
	return chunk;
}

function toFileName(url: string | undefined): string | undefined {
	const last = url && URL.canParse(url) ? new URL(url).pathname.split('/').pop() : undefined;
	return last && /\.\w{2,5}$/.test(last) ? decodeURIComponent(last) : undefined;
}

const toFileKind = (mimeType: string): string => {
	const [family] = mimeType.split('/');
	return ['image', 'video', 'audio', 'model'].includes(family) ? family : 'file';
};
