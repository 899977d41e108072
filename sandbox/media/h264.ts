import { BitWriter } from './bits';
import { rgb } from './colors';

/** Pictures come in blocks of 16 by 16. */
export const blockSize = 16;
const uncompressedBlock = 25;
const intraSlice = 7;

export const profile = [66, 0xc0, 30];

/** The sequence parameter set of a video of so many blocks: baseline profile, one size. */
export const sequenceParameters = (columns: number, rows: number): Buffer =>
	unit(
		0x67,
		Buffer.from(profile),
		new BitWriter()
			.golomb(0, 0, 2, 0)
			.put(0, 1)
			.golomb(columns - 1, rows - 1)
			.put(0b1000, 4)
			.put(1, 1)
			.bytes(),
	);

/** The picture parameter set: nothing special. */
export const pictureParameters = (): Buffer =>
	unit(
		0x68,
		new BitWriter()
			.golomb(0, 0)
			.put(0, 2)
			.golomb(0, 0, 0)
			.put(0, 3)
			.golomb(0, 0, 0)
			.put(1, 4)
			.bytes(),
	);

/**
 * A picture that needs no other: a diagonal gradient of one hue, 0 to 1, that moves with its
 * number. Blocks are not compressed. No sample is 0, so that nothing looks like a start code.
 */
export function picture(columns: number, rows: number, hue: number, number: number): Buffer {
	const start = new BitWriter()
		.golomb(0, intraSlice, 0)
		.put(0, 4)
		.golomb(number % 2)
		.put(0, 2)
		.golomb(0, uncompressedBlock)
		.bytes();
	const next = new BitWriter().golomb(uncompressedBlock).bytes();
	const blocks = Array.from({ length: columns * rows }, (_, index) => {
		const place = (index % columns) + Math.floor(index / columns) + number;
		return Buffer.concat([index === 0 ? start : next, block(hue, place, columns + rows)]);
	});
	const end = Buffer.from([0x80]);
	return unit(0x65, ...blocks, end);
}

/** Brightness of each pixel, then both color differences of each second one. */
function block(hue: number, place: number, places: number): Buffer {
	const [red, green, blue] = rgb(hue, 0.3 + (0.4 * (place % places)) / places);
	const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
	const pixels = blockSize * blockSize;
	return Buffer.concat([
		Buffer.alloc(pixels, sample(16 + 0.859 * luma)),
		Buffer.alloc(pixels / 4, sample(128 + 0.496 * (blue - luma))),
		Buffer.alloc(pixels / 4, sample(128 + 0.627 * (red - luma))),
	]);
}

const sample = (value: number): number => Math.max(16, Math.min(235, Math.round(value)));

const unit = (type: number, ...content: Buffer[]): Buffer =>
	Buffer.concat([Buffer.from([type]), ...content]);
