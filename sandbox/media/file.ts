/** A result file, generated when it is downloaded. */
export interface ResultFile {
	extension: Extension;
	make: () => Buffer;
	/** A content type other than the extension's. */
	contentType?: string;
	/** Expires after this many downloads. */
	lastsFetches?: number;
	/** Expires after this many milliseconds. */
	lastsMs?: number;
	/** Its URL redirects to another host. */
	moved?: true;
	/** The size in its URL, e.g. `200mb`. */
	size?: string;
}

export const CONTENT_TYPES = {
	png: 'image/png',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
	glb: 'model/gltf-binary',
	mp4: 'video/mp4',
	wav: 'audio/wav',
	mp3: 'audio/mpeg',
	pcm: 'audio/pcm',
} as const;

type Extension = keyof typeof CONTENT_TYPES;

export const contentTypeOf = ({ contentType, extension }: ResultFile): string =>
	contentType ?? CONTENT_TYPES[extension];
