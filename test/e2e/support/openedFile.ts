import type { Page } from 'playwright-core';

/** The size and duration of a file, according to a browser that has opened it. */
interface OpenedFile {
	/** In pixels, of pictures and videos. */
	width?: number;
	height?: number;
	/** In seconds, of audio and videos. */
	duration?: number;
}

/** Opens a picture, video or audio file in a browser; rejects if it can't be shown or played. */
export async function openInBrowser(
	page: Page,
	bytes: Buffer,
	mimeType: string,
): Promise<OpenedFile> {
	const url = `data:${mimeType};base64,${bytes.toString('base64')}`;
	const [kind] = mimeType.split('/');
	return await page.evaluate<OpenedFile>(`(${OPEN})(${JSON.stringify({ url, kind })})`);
}

/** Runs in the page. It is a text, since this program is compiled without the types of the DOM. */
const OPEN = `async ({ url, kind }) => {
	if (kind === 'image') {
		const image = new Image();
		image.src = url;
		await image.decode();
		return { width: image.naturalWidth, height: image.naturalHeight };
	}
	const media = document.createElement(kind);
	await new Promise((resolve, reject) => {
		media.oncanplaythrough = resolve;
		media.onerror = () => reject(new Error(media.error.message));
		media.src = url;
	});
	const { duration, videoWidth: width, videoHeight: height } = media;
	return kind === 'video' ? { duration, width, height } : { duration };
}`;

/** Parses the scene of a binary glTF file. @throws Error if it is incomplete or without meshes */
export function parseGlb(bytes: Buffer): { meshes: unknown[] } {
	const [magic, version, length] = [0, 4, 8].map((at) => bytes.readUInt32LE(at));
	if (magic !== 0x46546c67 || version !== 2 || length !== bytes.length) {
		throw new Error('The GLB is incomplete');
	}
	const scene = JSON.parse(bytes.subarray(20, 20 + bytes.readUInt32LE(12)).toString());
	if (!scene.meshes?.length) throw new Error('The scene is empty');
	return scene;
}
