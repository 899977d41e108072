import type { IBinaryData, IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ApiError, type ApiErrorInfo } from '../../shared/errors/ApiError';
import { endingOf } from '../../shared/mimeTypes';
import { parseErrorMessage } from '../../shared/transport/errorBody';
import type { Readable } from '../../shared/transport/readable';
import type { Cost } from '../../shared/transport/usage';
import type { ItemContext } from '../run/operation';
import { inspectOutput, INSPECTED_BYTES } from './fileContent';
import { fileNameOfUrl, safeFileName } from './fileName';
import type { OutputFile } from './outputFiles';
import { peek } from './peek';

/** What is known about the call that made the files. */
export interface MediaResult {
	files: OutputFile[];
	id: string;
	cost?: Cost;
	/** Further facts for each item, e.g. which model stood in. */
	metadata?: IDataObject;
	/** For errors: how to get what was made another time. */
	nextStep?: string;
	/** For errors: what they carry of the call, e.g. the job's id. */
	details?: IDataObject;
}

/**
 * One item for each file, the file itself as binary unless 'Download' is off. A file that cannot be
 * had becomes a failed item in its place and takes no other with it. Cost stands on the first good
 * one only, so that a sum over the items stays true.
 *
 * @throws ApiError when none of the files can be had, with their addresses and what they cost
 */
export async function toMediaItems(
	context: ItemContext,
	result: MediaResult,
): Promise<INodeExecutionData[]> {
	const { files, id, cost, metadata } = result;
	const field = context.getOption('outputField', 'data') || 'data';
	const mayDownload = context.getOption('download', true);
	const items: INodeExecutionData[] = [];
	const errors: ApiError[] = [];
	let payer: IDataObject | undefined;
	for (const [index, file] of files.entries()) {
		const isStored = mayDownload || !file.url;
		const stored = isStored ? await storeOrFail(context, file, index, result) : undefined;
		if (stored instanceof ApiError) {
			errors.push(stored);
			items.push(context.toFailedItem(stored));
			continue;
		}
		const json: IDataObject = {
			...describeFile(file, stored),
			index,
			...(context.model && { model: context.model }),
			id,
			...metadata,
		};
		payer ??= json;
		const binary: IBinaryKeyData | undefined = stored && { [field]: stored };
		items.push({ json, ...(binary && { binary }) });
	}
	if (!payer) throw allLost(errors, cost);
	if (cost) payer.cost = cost;
	return items;
}

/** What an item tells of a file, as far as it is known. */
export function describeFile(file: OutputFile, stored: IBinaryData | undefined): IDataObject {
	const facts = {
		fileName: stored?.fileName ?? file.fileName,
		mimeType: stored?.mimeType ?? file.mimeType,
		fileSize: stored?.bytes,
		url: file.url,
	};
	return Object.fromEntries(
		Object.entries(facts).filter(([, value]) => value !== undefined),
	) as IDataObject;
}

/** @returns the error in place of the file, for the item that stands for it */
async function storeOrFail(
	context: ItemContext,
	file: OutputFile,
	index: number,
	{ id, nextStep = '', details }: MediaResult,
): Promise<IBinaryData | ApiError> {
	return await storeFile(context, file, index).catch((error: unknown) => {
		const { description, ...info } =
			error instanceof ApiError ? error.info : storageError(file, error);
		return new ApiError({
			...info,
			// An answer that is itself the file, and is none, is no answer.
			kind: file.bytes ? info.kind : 'fileLost',
			description: [description, nextStep].filter(Boolean).join(' '),
			details: { ...(file.url && { url: file.url }), index, ...(id && { id }), ...details },
		});
	});
}

/** What n8n's store of binary data says, e.g. of a full disk. */
function storageError({ url }: OutputFile, error: unknown): ApiErrorInfo {
	const reason = error instanceof Error ? error.message : String(error);
	return {
		kind: 'fileLost',
		message: `${url ? `The file at ${url}` : "The answer's file"} could not be stored: ${reason}`,
		description: 'Check where this n8n keeps binary data, and the space that is left there.',
	};
}

function allLost([first, ...others]: ApiError[], cost: Cost | undefined): ApiError {
	const urls = [first, ...others].flatMap(({ info }) => info.details?.url ?? []);
	const details = { ...first.info.details };
	delete details.index;
	return new ApiError({
		...first.info,
		details: { ...details, ...(others.length && { urls }), ...(cost && { cost }) },
	});
}

/**
 * Puts a file of an answer into n8n's store, under its own name or one made up from its type. What
 * breaks off is fetched again from its start, as often as 'Max Retries' says: that is free.
 *
 * @throws ApiError when it cannot be fetched or stored, or is not what a model makes; the signal's
 * reason when the execution is cancelled
 */
export async function storeFile(
	context: ItemContext,
	file: OutputFile,
	index: number,
): Promise<IBinaryData> {
	const bytes = file.bytes ?? (file.base64 && Buffer.from(file.base64, 'base64'));
	if (bytes) return await storeContent(context, file, index, bytes);
	return await context.withFile(file.url!, async ({ content, mimeType }) => {
		const told = { ...file, mimeType: mimeType || file.mimeType };
		return await storeContent(context, told, index, content);
	});
}

async function storeContent(
	context: ItemContext,
	file: OutputFile,
	index: number,
	content: Buffer | Readable,
): Promise<IBinaryData> {
	const name = (file.fileName && safeFileName(file.fileName)) ?? fileNameOfUrl(file.url ?? '');
	const peeked = await peek(content, INSPECTED_BYTES);
	const inspection = inspectOutput(peeked.start, file.mimeType ?? '', name ?? '');
	if (inspection.problem !== undefined) {
		if (!Buffer.isBuffer(content)) content.destroy();
		throw new ApiError(noMediumError(file, inspection.problem, peeked.start));
	}
	const { mimeType } = inspection;
	const fileName = name ?? `${toFileKind(mimeType)}-${index + 1}.${endingOf(mimeType)}`;
	return await context.storeFile(peeked.content, fileName, mimeType);
}

function noMediumError({ url }: OutputFile, problem: string, start: Uint8Array): ApiErrorInfo {
	const said = start.length ? parseErrorMessage(Buffer.from(start).toString('utf8')) : '';
	return {
		kind: 'unusableAnswer',
		message: `${url ? `The file at ${url}` : "The answer's file"} ${problem}${said && `: ${said}`}`,
		description: 'It is not what the model was to make, so it was not taken for it.',
	};
}

const toFileKind = (mimeType: string): string => {
	const [family] = mimeType.split('/');
	return ['image', 'video', 'audio', 'model'].includes(family) ? family : 'file';
};
