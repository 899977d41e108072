/** File extensions of the types that models document or that users commonly send. */
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
	tif: 'image/tiff',
	tiff: 'image/tiff',
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
	['image/svg+xml', 0, '<svg'],
	['video/quicktime', 4, 'ftypqt'],
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

const ENDINGS: Record<string, string> = {
	'image/jpeg': 'jpg',
	'image/svg+xml': 'svg',
	'video/quicktime': 'mov',
	'audio/mpeg': 'mp3',
	'audio/x-wav': 'wav',
	'model/gltf-binary': 'glb',
	'application/octet-stream': 'bin',
};

/** Number of bytes that `mimeTypeOfBytes` needs. */
export const SIGNATURE_LENGTH = 16;

export function mimeTypeOfBytes(start: Uint8Array): string | undefined {
	const text = Buffer.from(start.subarray(0, SIGNATURE_LENGTH)).toString('latin1');
	return SIGNATURES.find(([, offset, bytes]) => text.startsWith(bytes, offset))?.[0];
}

/** The usual extension for a MIME type, without the dot: 'image/png' → 'png'. */
export function endingOf(mimeType: string): string {
	return ENDINGS[mimeType] ?? mimeType.split('/')[1]?.replace(/^x-|\+.*$/g, '') ?? 'bin';
}
