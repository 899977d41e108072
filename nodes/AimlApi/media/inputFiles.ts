import type { IBinaryData } from 'n8n-workflow';
import type { Attachment } from '../../shared/chat/contentParts';
import { InputError } from '../../shared/errors/InputError';
import { mimeTypeOfName } from '../../shared/mimeTypes';
import { contentOfBytes, FormFile } from '../run/multipart';
import type { ItemContext } from '../run/operation';
import type { InputFile, SourceFile } from './fileParameters';
import { storeFile } from './mediaItems';

/** An entry of 'Attachments' or 'Files' as the editor holds it. */
interface FileEntry {
	source?: string;
	binaryPropertyName?: string;
	url?: string;
	parameter?: string;
}

/**
 * The files of 'Attachments': from binary fields of the item, or by address. An address that does not
 * say what is behind it is taken for that of an image.
 *
 * @throws InputError when a binary field is missing or an address is none
 */
export function getAttachments(context: ItemContext): Attachment[] {
	return context.getField<FileEntry[]>('attachments.values', []).map((entry) => {
		const file = toSourceFile(context, entry);
		return { ...file, mimeType: file.mimeType || 'image/jpeg' };
	});
}

/** The files of 'Files', each with the body property chosen for it. Throws like `readAttachments`. */
export function getInputFiles(context: ItemContext): InputFile[] {
	return context
		.getField<FileEntry[]>('files.values', [])
		.map((entry) => ({ file: toSourceFile(context, entry), parameter: entry.parameter ?? '' }));
}

const toSourceFile = (context: ItemContext, entry: FileEntry): SourceFile =>
	entry.source === 'url' ? fromUrl(context, entry.url ?? '') : fromBinary(context, entry);

function fromBinary(context: ItemContext, { binaryPropertyName = 'data' }: FileEntry): SourceFile {
	const file = context.getBinary(binaryPropertyName);
	if (!file) {
		const names = context
			.getBinaryNames()
			.map((name) => `'${name}'`)
			.join(', ');
		throw new InputError(
			`The item has no binary field '${binaryPropertyName}'`,
			names
				? `Its binary fields are: ${names}. Enter one of them in 'Input Data Field Name'.`
				: "It has no binary data at all. Put a node before this one that reads the file, or set 'Source' to 'URL'.",
		);
	}
	const { mimeType, fileName } = file.metadata;
	return {
		mimeType,
		fileName: fileName ?? binaryPropertyName,
		base64: async () => (await file.read()).toString('base64'),
		toPart: async () => await toStoredPart(context, file.metadata, binaryPropertyName),
	};
}

/** The kind of a file behind an address is told by its ending; '' for none that is known. */
function fromUrl(context: ItemContext, address: string): SourceFile {
	const url = address.trim();
	const inline = /^data:([^;,]+);base64,(.*)$/s.exec(url);
	if (inline) return fromDataUrl(inline[1], inline[2]);
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		throw new InputError(
			`'URL' is not an address: '${url.slice(0, 100)}'`,
			'It has to begin with https:// or http://.',
		);
	}
	const fileName = new URL(url).pathname.split('/').pop() || 'file';
	return {
		mimeType: mimeTypeOfName(fileName) ?? '',
		fileName,
		url,
		base64: async () => (await context.fetchFile(url)).bytes.toString('base64'),
		toPart: async () => await toStoredPart(context, await storeFile(context, { url }, 0), fileName),
	};
}

const fromDataUrl = (mimeType: string, base64: string): SourceFile => ({
	mimeType,
	fileName: 'file',
	base64: async () => base64,
	toPart: async () => new FormFile('file', mimeType, contentOfBytes(Buffer.from(base64, 'base64'))),
});

async function toStoredPart(
	context: ItemContext,
	stored: IBinaryData,
	otherName: string,
): Promise<FormFile> {
	const content = await context.readBinaryStream(stored);
	return new FormFile(stored.fileName ?? otherName, stored.mimeType, content);
}
