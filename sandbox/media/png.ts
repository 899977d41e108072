/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { crc32, deflateSync } from 'node:zlib';
import { rgb } from './colors';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const shades = 256;

/** A PNG of that size: a diagonal gradient of one hue, 0 to 1. */
export function makePng(width: number, height: number, hue: number): Buffer {
	return Buffer.concat([
		signature,
		chunk('IHDR', header(width, height)),
		chunk('PLTE', palette(hue)),
		chunk('IDAT', deflateSync(pixels(width, height), { level: 1 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const content = Buffer.concat([Buffer.from(type), data]);
	const framed = Buffer.alloc(content.length + 8);
	framed.writeUInt32BE(data.length, 0);
	content.copy(framed, 4);
	framed.writeUInt32BE(crc32(content), content.length + 4);
	return framed;
}

function header(width: number, height: number): Buffer {
	const bytes = Buffer.alloc(13);
	bytes.writeUInt32BE(width, 0);
	bytes.writeUInt32BE(height, 4);
	bytes.set([8, 3], 8); // Eight bits for each pixel, an index into the palette.
	return bytes;
}

const palette = (hue: number): Buffer =>
	Buffer.from(
		Array.from({ length: shades }, (_, shade) => rgb(hue, 0.25 + shade / (2 * shades))).flat(),
	);

/** Rows of palette indices, each behind a zero that says "not filtered". */
function pixels(width: number, height: number): Buffer {
	const diagonal = Buffer.from(
		Array.from({ length: width + height }, (_, place) =>
			Math.floor((place * shades) / (width + height)),
		),
	);
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y++) diagonal.copy(rows, y * (width + 1) + 1, y, y + width);
	return rows;
}
