import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ApiError, type ApiErrorInfo } from '../../shared/errors/ApiError';
import { extensionOf } from '../../shared/mimeTypes';
import { parseErrorMessage } from '../../shared/transport/errorBody';
import type { Readable } from '../../shared/transport/readable';
import type { Cost } from '../../shared/transport/usage';
import type { ItemContext } from '../run/operation';
import { familyOf, inspectOutput, INSPECTED_BYTES, MEDIA_FAMILIES } from './fileContent';
import { fileNameOfUrl, safeFileName, withExtension } from './fileName';
import type { OutputFile } from './outputFiles';
import { peek } from './peek';

/** The call that generated the files. */
interface MediaResult {
	files: OutputFile[];
	id: string;
	cost?: Cost;
	/** Further fields of each item, e.g. which fallback model was used. */
	metadata?: IDataObject;
	/** For errors: how to get the files later. */
	nextStep?: string;
	/** For errors: details of the call, e.g. the job's ID. */
	details?: IDataObject;
}

/**
 * One item per file, with the file as binary data unless 'Download' is off. A file that can't be
 * downloaded becomes a failed item; the others are not affected. Only the first good item has the cost,
 * so that the sum over the items is right.
 *
 * @throws ApiError with the URLs and the cost when no file can be downloaded
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
	for (const [index, found] of files.entries()) {
		const file = found.url?.startsWith('/') ? { ...found, url: context.toUrl(found.url) } : found;
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
		items.push({ json, ...(stored && { binary: { [field]: stored } }) });
	}
	if (!payer) throw allLost(errors, cost);
	if (cost) payer.cost = cost;
	return items;
}

/** The fields of an item that describe its file, as far as known. */
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

/** @returns the stored file, or the error for its failed item */
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
			// If the response itself was to be the file, there is no other file to get.
			kind: file.bytes ? info.kind : 'fileLost',
			description: [description, nextStep].filter(Boolean).join(' '),
			details: { ...(file.url && { url: file.url }), index, ...(id && { id }), ...details },
		});
	});
}

/** An error of n8n's binary store, e.g. a full disk. */
function storageError(file: OutputFile, error: unknown): ApiErrorInfo {
	const { message: reason = String(error) } = error as { message?: string };
	return {
		kind: 'fileLost',
		message: `${describePlace(file)} could not be stored: ${reason}`,
		description: 'Check where n8n stores binary data, and whether there is space left.',
	};
}

const describePlace = ({ url }: OutputFile): string =>
	url ? `The file at ${url}` : "The answer's file";

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
 * Puts a file of a response into n8n's store, under its own name or one made from its type. A download
 * that breaks off starts again, up to 'Max Retries' times, since that is free.
 *
 * @throws ApiError when it can't be downloaded or stored, or isn't media; the signal's reason when the
 * execution is canceled
 */
export async function storeFile(
	context: ItemContext,
	file: OutputFile,
	index: number,
): Promise<IBinaryData> {
	const bytes = file.bytes ?? toBytes(file);
	if (bytes) return await storeContent(context, file, index, bytes);
	return await context.withFile(file.url!, async ({ content, mimeType }) => {
		const served = { ...file, mimeType: mimeType || file.mimeType };
		return await storeContent(context, served, index, content);
	});
}

const toBytes = ({ base64 }: OutputFile): Buffer | undefined =>
	base64 === undefined ? undefined : Buffer.from(base64, 'base64');

async function storeContent(
	context: ItemContext,
	file: OutputFile,
	index: number,
	content: Buffer | Readable,
): Promise<IBinaryData> {
	const given = safeFileName(file.fileName ?? '');
	const name = given ?? fileNameOfUrl(file.url ?? '');
	const peeked = await peek(content, INSPECTED_BYTES);
	const inspection = inspectOutput(peeked.start, file.mimeType ?? '', name ?? '');
	if (inspection.problem !== undefined) {
		if (!Buffer.isBuffer(content)) content.destroy();
		throw new ApiError(noMediumError(file, inspection.problem, peeked.start));
	}
	const { mimeType } = inspection;
	const fileName =
		given ??
		(name && withExtension(name, mimeType)) ??
		`${toFileKind(mimeType)}-${index + 1}.${extensionOf(mimeType)}`;
	return await context.storeFile(peeked.content, fileName, mimeType);
}

function noMediumError(file: OutputFile, problem: string, start: Uint8Array): ApiErrorInfo {
	const said = start.length ? parseErrorMessage(Buffer.from(start).toString('utf8')) : '';
	return {
		kind: 'unusableAnswer',
		message: `${describePlace(file)} ${problem}${said && `: ${said}`}`,
		description: 'This is not what the model was asked to generate, so it was not stored.',
	};
}

const toFileKind = (mimeType: string): string => {
	const family = familyOf(mimeType);
	return MEDIA_FAMILIES.includes(family) ? family : 'file';
};
