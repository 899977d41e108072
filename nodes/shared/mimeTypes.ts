/**
 * File extensions of the types that models document or that users commonly send; of those with one
 * type, the usual extension first.
 */
const MIME_TYPES: Record<string, string> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	gif: 'image/gif',
	webp: 'image/webp',
	pdf: 'application/pdf',
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
	m4a: 'audio/m4a',
	aac: 'audio/aac',
	flac: 'audio/flac',
	ogg: 'audio/ogg',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	webm: 'video/webm',
	mpeg: 'video/mpeg',
	glb: 'model/gltf-binary',
	gltf: 'model/gltf+json',
	obj: 'model/obj',
	stl: 'model/stl',
	tiff: 'image/tiff',
	tif: 'image/tiff',
	bmp: 'image/bmp',
	opus: 'audio/ogg',
	txt: 'text/plain',
	csv: 'text/csv',
	zip: 'application/zip',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The MIME type for a file name's extension; `undefined` if it is unknown or missing. */
export function mimeTypeOfName(fileName: string): string | undefined {
	const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1].toLowerCase() ?? '';
	return Object.hasOwn(MIME_TYPES, ending) ? MIME_TYPES[ending] : undefined;
}

/** Magic bytes of the file formats that the API's models return. */
const SIGNATURES: Array<[mimeType: string, offset: number, bytes: string]> = [
	['image/png', 0, '\x89PNG'],
	['image/jpeg', 0, '\xff\xd8\xff'],
	['image/gif', 0, 'GIF8'],
	['image/webp', 8, 'WEBP'],
	['image/avif', 4, 'ftypavif'],
	['image/heic', 4, 'ftyphei'],
	['image/tiff', 0, 'II*\0'],
	['image/tiff', 0, 'MM\0*'],
	['image/svg+xml', 0, '<svg'],
	['video/quicktime', 4, 'ftypqt'],
	['audio/m4a', 4, 'ftypM4A'],
	['video/mp4', 4, 'ftyp'],
	['video/webm', 0, '\x1a\x45\xdf\xa3'],
	['audio/wav', 8, 'WAVE'],
	['audio/mpeg', 0, 'ID3'],
	['audio/mpeg', 0, '\xff\xfb'],
	['audio/mpeg', 0, '\xff\xf3'],
	['audio/flac', 0, 'fLaC'],
	['audio/ogg', 0, 'OggS'],
	['audio/aac', 0, '\xff\xf1'],
	['model/gltf-binary', 0, 'glTF'],
	['application/pdf', 0, '%PDF'],
	['application/zip', 0, 'PK\x03\x04'],
];

/** Number of bytes that `mimeTypeOfBytes` needs. */
export const SIGNATURE_LENGTH = 16;

export function mimeTypeOfBytes(start: Uint8Array): string | undefined {
	const text = Buffer.from(start.subarray(0, SIGNATURE_LENGTH)).toString('latin1');
	return SIGNATURES.find(([, offset, bytes]) => text.startsWith(bytes, offset))?.[0];
}

/** Types that servers use for any file, so that they say nothing about it. */
export const UNSPECIFIC_TYPES: ReadonlySet<string> = new Set([
	'',
	'application/octet-stream',
	'binary/octet-stream',
	'application/binary',
	'application/download',
	'application/force-download',
	'application/x-download',
	'text/plain',
]);

/** Other names of types, by the one that models document. */
const ALIASES: Record<string, string> = {
	'image/jpg': 'image/jpeg',
	'image/pjpeg': 'image/jpeg',
	'image/x-png': 'image/png',
	'audio/mp3': 'audio/mpeg',
	'application/x-pdf': 'application/pdf',
};

/** A MIME type in lower case, without parameters and under its usual name; '' if it isn't a text. */
export function normalizeMimeType(mimeType: unknown): string {
	if (typeof mimeType !== 'string') return '';
	const plain = mimeType.split(';', 1)[0].trim().toLowerCase();
	return ALIASES[plain] ?? plain;
}

/** A file in a data URL: `data:image/png;name=a.png;base64,…`. */
export interface DataUrl {
	/** Without parameters; '' if not given. */
	mimeType: string;
	base64: string;
}

/** Parses a data URL in base64, with parameters or without; `undefined` for any other text. */
export function parseDataUrl(text: string): DataUrl | undefined {
	if (!/^data:/i.test(text)) return undefined;
	const comma = text.indexOf(',');
	const head = text.slice('data:'.length, Math.max(comma, 0));
	if (!/;\s*base64\s*$/i.test(head)) return undefined;
	return { mimeType: normalizeMimeType(head), base64: text.slice(comma + 1) };
}

/** The usual extension for a MIME type, without the dot: 'image/png' → 'png'. */
export function extensionOf(mimeType: string): string {
	const known = Object.keys(MIME_TYPES).find((ending) => MIME_TYPES[ending] === mimeType);
	if (known !== undefined) return known;
	if (mimeType === 'application/octet-stream') return 'bin';
	const [, subtype = ''] = mimeType.split('/');
	return subtype.replace(/^x-/, '').split('+', 1)[0] || 'bin';
}
