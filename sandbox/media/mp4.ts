import { blockSize, picture, pictureParameters, profile, sequenceParameters } from './h264';

const ticksPerSecond = 1000;
const trackId = 1;

/** How much smaller than asked for the picture is. */
const shrinkage = 4;

/** The matrix that leaves a picture as it is. */
const identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

/** An MP4 with H.264 of so many seconds, small, one picture each second, of one hue, 0 to 1. */
export function makeMp4(seconds: number, width: number, height: number, hue: number): Buffer {
	const [columns, rows] = [width, height].map((length) =>
		Math.max(1, Math.round(length / shrinkage / blockSize)),
	);
	const pictures = Array.from({ length: Math.max(1, Math.round(seconds)) }, (_, number) => {
		const bytes = picture(columns, rows, hue, number);
		return Buffer.concat([longs(bytes.length), bytes]);
	});
	const type = box('ftyp', text('isom'), longs(0x200), text('isomavc1mp42'));
	const data = box('mdat', ...pictures);
	return Buffer.concat([type, data, movie(columns, rows, pictures, type.length + boxHeader)]);
}

const boxHeader = 8;

function movie(columns: number, rows: number, pictures: Buffer[], offset: number): Buffer {
	const duration = pictures.length * ticksPerSecond;
	const times = [0, 0, ticksPerSecond, duration];
	const [width, height] = [columns * blockSize, rows * blockSize];
	return box(
		'moov',
		fullBox('mvhd', longs(...times, 0x10000, 0x01000000, 0, 0, ...identity), zeros(24), longs(2)),
		box(
			'trak',
			trackHeader(duration, width, height),
			box(
				'mdia',
				fullBox('mdhd', longs(...times), shorts(0x55c4, 0)),
				fullBox('hdlr', longs(0), text('vide'), zeros(12), text('Video\0')),
				box(
					'minf',
					box('vmhd', longs(1, 0, 0)),
					box('dinf', fullBox('dref', longs(1), box('url ', longs(1)))),
					box(
						'stbl',
						fullBox('stsd', longs(1), sampleEntry(columns, rows)),
						fullBox('stts', longs(1, pictures.length, ticksPerSecond)),
						fullBox('stsc', longs(1, 1, pictures.length, 1)),
						fullBox('stsz', longs(0, pictures.length, ...pictures.map(({ length }) => length))),
						fullBox('stco', longs(1, offset)),
					),
				),
			),
		),
	);
}

function trackHeader(duration: number, width: number, height: number): Buffer {
	const enabled = 3;
	return box(
		'tkhd',
		longs(enabled, 0, 0, trackId, 0, duration, 0, 0, 0, 0, ...identity),
		longs(width * 0x10000, height * 0x10000),
	);
}

function sampleEntry(columns: number, rows: number): Buffer {
	const [sequence, picturePart] = [sequenceParameters(columns, rows), pictureParameters()];
	return box(
		'avc1',
		zeros(6),
		shorts(1),
		zeros(16),
		shorts(columns * blockSize, rows * blockSize),
		longs(0x480000, 0x480000, 0),
		shorts(1),
		zeros(32),
		shorts(24, 0xffff),
		box(
			'avcC',
			Buffer.from([1, ...profile, 0xff, 0xe1]),
			shorts(sequence.length),
			sequence,
			Buffer.from([1]),
			shorts(picturePart.length),
			picturePart,
		),
	);
}

/** A box of the file: its length, its type and what is in it. */
function box(type: string, ...content: Buffer[]): Buffer {
	const data = Buffer.concat(content);
	return Buffer.concat([longs(data.length + boxHeader), text(type), data]);
}

/** A box that starts with its version and flags, all zero. */
const fullBox = (type: string, ...content: Buffer[]): Buffer => box(type, longs(0), ...content);

const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const zeros = (count: number): Buffer => Buffer.alloc(count);

function longs(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
	return bytes;
}

function shorts(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 2);
	for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
	return bytes;
}
