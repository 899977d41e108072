import { PNG } from 'pngjs';
import { rgb } from './colors';

const RGB = { colorType: 2, inputColorType: 2, inputHasAlpha: false } as const;
const BYTES_PER_PIXEL = 3;

/** A PNG with a diagonal gradient of one hue, 0 to 1. */
export function makePng(width: number, height: number, hue: number): Buffer {
	const png = new PNG({ width, height });
	png.data = pixels(width, height, hue);
	return PNG.sync.write(png, { ...RGB, deflateLevel: 1, filterType: 0 });
}

/** Each row is the one above, moved by one pixel. */
function pixels(width: number, height: number, hue: number): Buffer {
	const steps = width + height;
	const diagonal = Buffer.from(
		Array.from({ length: steps }, (_, step) => rgb(hue, 0.25 + step / (2 * steps))).flat(),
	);
	const rowBytes = width * BYTES_PER_PIXEL;
	const bytes = Buffer.alloc(rowBytes * height);
	for (let y = 0; y < height; y++) {
		const start = y * BYTES_PER_PIXEL;
		diagonal.copy(bytes, y * rowBytes, start, start + rowBytes);
	}
	return bytes;
}
