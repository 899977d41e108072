/** What the first bytes of a file say of its type; the formats that the API's models make. */
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

/** How many bytes `mimeTypeOfBytes` looks at. */
export const SIGNATURE_LENGTH = 16;

export function mimeTypeOfBytes(start: Uint8Array): string | undefined {
	const text = Buffer.from(start.subarray(0, SIGNATURE_LENGTH)).toString('latin1');
	return SIGNATURES.find(([, offset, bytes]) => text.startsWith(bytes, offset))?.[0];
}

/** The usual ending of a MIME type, without the dot: 'image/png' → 'png'. */
export function endingOf(mimeType: string): string {
	return ENDINGS[mimeType] ?? mimeType.split('/')[1]?.replace(/^x-|\+.*$/g, '') ?? 'bin';
}
