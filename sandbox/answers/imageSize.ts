import namedSizes from './namedSizes.json';

interface Size {
	width: number;
	height: number;
}

const DEFAULT_LENGTH = 512;

const NAMED_SIZES: Record<string, Size> = namedSizes;

/** The requested size of an image, from any of the API's parameters for it. */
export function sizeOf({ image_size, size, aspect_ratio }: Record<string, unknown>): Size {
	if (typeof image_size === 'object' && image_size !== null) {
		return { width: DEFAULT_LENGTH, height: DEFAULT_LENGTH, ...image_size };
	}
	const text = String(image_size ?? size ?? '');
	const [, width, height] = /^(\d{2,4})[x*](\d{2,4})$/.exec(text) ?? [];
	if (width) return { width: Number(width), height: Number(height) };
	return NAMED_SIZES[text] ?? ofRatio(String(aspect_ratio ?? ''));
}

/** `16:9` → the usual width and a smaller height. */
function ofRatio(ratio: string): Size {
	const [, across, down] = /^(\d+):(\d+)$/.exec(ratio) ?? [];
	const height = across
		? Math.round((DEFAULT_LENGTH * Number(down)) / Number(across))
		: DEFAULT_LENGTH;
	return { width: DEFAULT_LENGTH, height };
}
