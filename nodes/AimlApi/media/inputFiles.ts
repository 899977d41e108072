import type { IBinaryData } from 'n8n-workflow';
import type { Attachment } from '../../shared/chat/contentParts';
import { InputError } from '../../shared/errors/InputError';
import { mimeTypeOfName } from '../../shared/mimeTypes';
import type { Call } from '../run/operation';
import { storeFile } from './mediaItems';
import { contentOfBytes, FormFile } from './multipart';
import type { PlacedFile, SourceFile } from './placeFiles';

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
export function readAttachments(call: Call): Attachment[] {
	return call.field<FileEntry[]>('attachments.values', []).map((entry) => {
		const file = readFile(call, entry);
		return { ...file, mimeType: file.mimeType || 'image/jpeg' };
	});
}

/** The files of 'Files', each with the body property chosen for it. Throws like `readAttachments`. */
export function readPlacedFiles(call: Call): PlacedFile[] {
	return call
		.field<FileEntry[]>('files.values', [])
		.map((entry) => ({ file: readFile(call, entry), parameter: entry.parameter ?? '' }));
}

const readFile = (call: Call, entry: FileEntry): SourceFile =>
	entry.source === 'url' ? fromUrl(call, entry.url ?? '') : fromBinary(call, entry);

function fromBinary(call: Call, { binaryPropertyName = 'data' }: FileEntry): SourceFile {
	const file = call.binary(binaryPropertyName);
	if (!file) {
		const names = call
			.binaryNames()
			.map((name) => `'${name}'`)
			.join(', ');
		throw new InputError(
			`The item has no binary field '${binaryPropertyName}'`,
			names
				? `Its binary fields are: ${names}. Enter one of them in 'Input Data Field Name'.`
				: "It has no binary data at all. Put a node before this one that reads the file, or set 'Source' to 'URL'.",
		);
	}
	const { mimeType, fileName } = file.about;
	return {
		mimeType,
		fileName: fileName ?? binaryPropertyName,
		base64: async () => (await file.read()).toString('base64'),
		asPart: async () => await storedPart(call, file.about, binaryPropertyName),
	};
}

/** The kind of a file behind an address is told by its ending; '' for none that is known. */
function fromUrl(call: Call, address: string): SourceFile {
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
		base64: async () => (await call.fetchFile(url)).bytes.toString('base64'),
		asPart: async () => await storedPart(call, await storeFile(call, { url }, 0), fileName),
	};
}

const fromDataUrl = (mimeType: string, base64: string): SourceFile => ({
	mimeType,
	fileName: 'file',
	base64: async () => base64,
	asPart: async () => new FormFile('file', mimeType, contentOfBytes(Buffer.from(base64, 'base64'))),
});

async function storedPart(call: Call, stored: IBinaryData, otherName: string): Promise<FormFile> {
	const content = await call.openStored(stored);
	return new FormFile(stored.fileName ?? otherName, stored.mimeType, content);
}
