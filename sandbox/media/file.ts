/** A result file; its bytes are made when somebody fetches it. */
export interface ResultFile {
	extension: Extension;
	make: () => Buffer;
	/** Another content type than the extension's. */
	contentType?: string;
	/** Gone after so many downloads. */
	lastsFetches?: number;
	/** Gone after so many milliseconds. */
	lastsMs?: number;
	/** Its address redirects to another host. */
	moved?: true;
	/** Its address asks for so much of it, e.g. `200mb`. */
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

export type Extension = keyof typeof CONTENT_TYPES;

export const contentTypeOf = ({ contentType, extension }: ResultFile): string =>
	contentType ?? CONTENT_TYPES[extension];
