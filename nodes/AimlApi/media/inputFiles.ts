import type { IBinaryData } from 'n8n-workflow';
import type { Attachment } from '../../shared/chat/contentParts';
import { InputError } from '../../shared/errors/InputError';
import { isRecord } from '../../shared/json';
import { mimeTypeOfName, parseDataUrl, type DataUrl } from '../../shared/mimeTypes';
import { CHECK_EXPRESSION, describeValue, parseText } from '../../shared/parameters/textField';
import { contentOfBytes, FormFile } from '../run/multipart';
import { getMovedField, type ItemContext } from '../run/operation';
import { inspectFile, INSPECTED_BYTES } from './fileContent';
import { fileNameOfUrl, safeFileName } from './fileName';
import type { InputFile, SourceFile } from './fileParameters';
import { peek } from './peek';

/** An entry of 'Attachments' or 'Files' as n8n stores it. */
interface FileEntry {
	source?: string;
	binaryPropertyName?: unknown;
	url?: unknown;
	parameter?: unknown;
}

/**
 * The files of 'Attachments', from binary fields of the item or from URLs. A URL without a known
 * extension is treated as an image.
 *
 * @throws InputError for a missing binary field, a file that isn't media, or an invalid URL
 */
export async function getAttachments(context: ItemContext): Promise<Attachment[]> {
	const entries = parseEntries(getMovedField<unknown>(context, 'attachments', {}), 'Attachments');
	const files = await Promise.all(entries.map(async (entry) => await toSourceFile(context, entry)));
	return files.map((file) => ({ ...file, mimeType: file.mimeType || 'image/jpeg' }));
}

/** The files of 'Files', each with its chosen body property. @throws like `getAttachments` */
export async function getInputFiles(context: ItemContext): Promise<InputFile[]> {
	const entries = parseEntries(context.getField<unknown>('files', {}), 'Files');
	return await Promise.all(
		entries.map(async (entry) => ({
			file: await toSourceFile(context, entry),
			parameter: parseText(entry.parameter, 'Parameter Name or ID'),
		})),
	);
}

/** An expression for the whole field may return anything. */
function parseEntries(collection: unknown, label: string): FileEntry[] {
	const entries = isRecord(collection) ? [collection.values ?? []].flat() : [collection];
	if (entries.every(isRecord)) return entries;
	throw new InputError(
		`'${label}' must be a list of files, but is ${describeValue(collection)}`,
		'Add the files one by one, or check the expression.',
	);
}

const toSourceFile = async (context: ItemContext, entry: FileEntry): Promise<SourceFile> =>
	entry.source === 'url' ? fromUrl(context, entry.url) : await fromBinary(context, entry);

async function fromBinary(context: ItemContext, entry: FileEntry): Promise<SourceFile> {
	const field = parseText(entry.binaryPropertyName ?? 'data', 'Input Data Field Name');
	const file = context.getBinary(field);
	if (!file) throw missingField(field, context.getBinaryNames());
	const { mimeType: claimed, fileName: given } = file.metadata;
	// A Code node can make a file of any name, or of none.
	const fileName = safeFileName(String(given ?? '')) ?? field;
	const start = await readStart(context, file.metadata);
	const mimeType = checkMedium(start, claimed, fileName, `The file ${fileName}`);
	return {
		mimeType,
		fileName,
		base64: async () => (await file.read()).toString('base64'),
		toPart: async () => await toStoredPart(context, { ...file.metadata, mimeType, fileName }),
	};
}

function missingField(field: string, present: string[]): InputError {
	const names = present.map((name) => `'${name}'`).join(', ');
	return new InputError(
		`The item has no binary field '${field}'`,
		names
			? `Its binary fields are: ${names}. Enter one of them in 'Input Data Field Name'.`
			: "The item has no file. Add a node that gets one before this node, or set 'Source' to 'URL'.",
	);
}

/** The first bytes of a file. Data in the item itself is decoded only as far as needed. */
async function readStart(context: ItemContext, stored: IBinaryData): Promise<Uint8Array> {
	const data = (stored.data ?? '').slice(0, INSPECTED_BYTES * 2);
	const { stream } = await context.readBinaryStream({ ...stored, data });
	const parts: Uint8Array[] = [];
	let length = 0;
	for await (const part of stream()) {
		parts.push(part);
		length += part.length;
		if (length >= INSPECTED_BYTES) break;
	}
	return Buffer.concat(parts).subarray(0, INSPECTED_BYTES);
}

/**
 * The type of a file to send, detected from its first bytes.
 *
 * @param name of the file, to start an error message with
 * @throws InputError if it is empty or a web page, since sending that would be charged for nothing
 */
function checkMedium(start: Uint8Array, claimed: string, fileName: string, name: string): string {
	const inspection = inspectFile(start, claimed, fileName);
	if (inspection.problem === undefined) return inspection.mimeType;
	throw new InputError(
		`${name} ${inspection.problem}`,
		'It was not sent. Check what the previous node or the URL really returns.',
	);
}

/** A file by its URL; its type comes from the extension, '' if unknown. */
function fromUrl(context: ItemContext, given: unknown): SourceFile {
	const url = typeof given === 'string' ? given.trim() : '';
	const inline = parseDataUrl(url);
	if (inline) return fromDataUrl(inline);
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		throw new InputError(
			`'URL' isn't valid: ${describeValue(given)}`,
			`It must begin with https:// or http://. ${CHECK_EXPRESSION}`,
		);
	}
	const fileName = fileNameOfUrl(url) ?? 'file';
	const name = `The file at ${url}`;
	return {
		mimeType: mimeTypeOfName(fileName) ?? '',
		fileName,
		url,
		base64: async () => {
			const response = await context.fetchFile(url);
			const start = response.bytes.subarray(0, INSPECTED_BYTES);
			checkMedium(start, response.header('content-type') ?? '', fileName, name);
			return response.bytes.toString('base64');
		},
		toPart: async () =>
			await context.withFile(url, async ({ content, mimeType: claimed }) => {
				const peeked = await peek(content, INSPECTED_BYTES);
				const mimeType = checkMedium(peeked.start, claimed, fileName, name);
				const stored = await context.storeFile(peeked.content, fileName, mimeType);
				return await toStoredPart(context, { ...stored, fileName });
			}),
	};
}

function fromDataUrl({ mimeType: claimed, base64 }: DataUrl): SourceFile {
	const start = Buffer.from(base64.slice(0, INSPECTED_BYTES * 2), 'base64');
	const mimeType = checkMedium(start, claimed, '', "The file in 'URL'");
	return {
		mimeType,
		fileName: 'file',
		base64: async () => base64,
		toPart: async () =>
			new FormFile('file', mimeType, contentOfBytes(Buffer.from(base64, 'base64'))),
	};
}

async function toStoredPart(
	context: ItemContext,
	stored: IBinaryData & { fileName: string },
): Promise<FormFile> {
	const content = await context.readBinaryStream(stored);
	return new FormFile(stored.fileName, stored.mimeType, content);
}
