import type { Page } from 'playwright-core';

/** What a browser says of a file that it has opened. */
export interface OpenedFile {
	/** Pixels; of pictures and videos. */
	width?: number;
	height?: number;
	/** Seconds; of sound and videos. */
	duration?: number;
}

/** Opens a picture, a video or a sound in a browser; rejects when it cannot show or play it. */
export async function openInBrowser(
	page: Page,
	bytes: Buffer,
	mimeType: string,
): Promise<OpenedFile> {
	const url = `data:${mimeType};base64,${bytes.toString('base64')}`;
	const [kind] = mimeType.split('/');
	return await page.evaluate<OpenedFile>(`(${OPEN})(${JSON.stringify({ url, kind })})`);
}

/** Runs in the page; a text, as this program's types know of no pages. */
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

/** The scene of a binary glTF file; throws when its lengths do not fit or it holds no meshes. */
export function readGlb(bytes: Buffer): { meshes: unknown[] } {
	const [magic, version, length] = [0, 4, 8].map((at) => bytes.readUInt32LE(at));
	if (magic !== 0x46546c67 || version !== 2 || length !== bytes.length) {
		throw new Error('This is no whole GLB');
	}
	const scene = JSON.parse(bytes.subarray(20, 20 + bytes.readUInt32LE(12)).toString());
	if (!scene.meshes?.length) throw new Error('The scene is empty');
	return scene;
}
