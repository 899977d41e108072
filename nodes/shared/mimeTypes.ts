/** Endings of the file kinds that models document, and of those commonly tried with them. */
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

/** The MIME type that a file name's ending stands for; `undefined` for an unknown or no ending. */
export function mimeTypeOfName(fileName: string): string | undefined {
	const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1].toLowerCase() ?? '';
	return Object.hasOwn(MIME_TYPES, ending) ? MIME_TYPES[ending] : undefined;
}
