/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { crc32, inflateSync } from 'node:zlib';
import { makeGlb } from '../../../sandbox/media/glb';
import { makeMp3 } from '../../../sandbox/media/mp3';
import { makeMp4 } from '../../../sandbox/media/mp4';
import { makePng } from '../../../sandbox/media/png';
import { makeJpeg, makeWebp } from '../../../sandbox/media/imageFixtures';
import { makePcm, makeWav } from '../../../sandbox/media/wav';

it('a PNG has intact chunks and a pixel for each place', () => {
	const png = makePng(40, 30, 0.5);
	const chunks: Record<string, Buffer> = {};
	for (let at = 8; at < png.length; ) {
		const end = at + 8 + png.readUInt32BE(at);
		const content = png.subarray(at + 4, end);
		expect(png.readUInt32BE(end)).toBe(crc32(content));
		chunks[content.subarray(0, 4).toString()] = content.subarray(4);
		at = end + 4;
	}
	expect(Object.keys(chunks)).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
	expect([chunks.IHDR.readUInt32BE(0), chunks.IHDR.readUInt32BE(4)]).toEqual([40, 30]);
	expect(chunks.PLTE).toHaveLength(256 * 3);
	expect(inflateSync(chunks.IDAT)).toHaveLength(41 * 30);
});

it('a JPEG and a WebP are whole', () => {
	const jpeg = makeJpeg();
	expect([jpeg.readUInt16BE(0), jpeg.readUInt16BE(jpeg.length - 2)]).toEqual([0xffd8, 0xffd9]);
	const webp = makeWebp();
	expect(webp.subarray(8, 15).toString()).toBe('WEBPVP8');
	expect(webp.readUInt32LE(4)).toBe(webp.length - 8);
});

it('a GLB has a scene whose views lie in its buffer', () => {
	const glb = makeGlb();
	expect([glb.readUInt32LE(4), glb.readUInt32LE(8)]).toEqual([2, glb.length]);
	const length = glb.readUInt32LE(12);
	const scene = JSON.parse(glb.subarray(20, 20 + length).toString());
	expect(scene.meshes[0].primitives[0]).toEqual({ attributes: { POSITION: 0 }, indices: 1 });
	const binary = glb.readUInt32LE(20 + length);
	for (const { byteOffset, byteLength } of scene.bufferViews) {
		expect(byteOffset + byteLength).toBeLessThanOrEqual(binary);
	}
	expect(28 + length + binary).toBe(glb.length);
});

describe('an MP4', () => {
	const mp4 = makeMp4(3, 640, 360, 0.5);

	/** The boxes in a part of the file, by path, e.g. `moov.trak`. */
	function boxesIn(bytes: Buffer, path = ''): Array<[string, Buffer]> {
		const found: Array<[string, Buffer]> = [];
		for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
			const name = path + bytes.subarray(at + 4, at + 8).toString('latin1');
			const content = bytes.subarray(at + 8, at + bytes.readUInt32BE(at));
			const isParent = /(moov|trak|mdia|minf|stbl)$/.test(name);
			found.push([name, content], ...(isParent ? boxesIn(content, `${name}.`) : []));
		}
		return found;
	}

	const boxes = new Map(boxesIn(mp4));
	const table = (name: string) => boxes.get(`moov.trak.mdia.minf.stbl.${name}`) as Buffer;

	it('says how long it lasts and how large it is', () => {
		const header = boxes.get('moov.mvhd') as Buffer;
		expect(header.readUInt32BE(16) / header.readUInt32BE(12)).toBe(3);
		const track = boxes.get('moov.trak.tkhd') as Buffer;
		expect([track.readUInt32BE(76) / 65_536, track.readUInt32BE(80) / 65_536]).toEqual([160, 96]);
	});

	it('has its pictures where its tables say', () => {
		const count = table('stsz').readUInt32BE(8);
		expect(count).toBe(3);
		const sizes = Array.from({ length: count }, (_, index) =>
			table('stsz').readUInt32BE(12 + 4 * index),
		);
		let at = table('stco').readUInt32BE(8);
		for (const size of sizes) {
			expect(mp4.readUInt32BE(at)).toBe(size - 4);
			expect(mp4[at + 4]).toBe(0x65);
			at += size;
		}
		expect(at).toBe(8 + 24 + 4 + (boxes.get('mdat') as Buffer).length);
	});

	it('has nothing in its pictures that looks like a start code', () => {
		const pictures = boxes.get('mdat') as Buffer;
		const first = pictures.subarray(4, 4 + pictures.readUInt32BE(0));
		expect(first.includes(Buffer.from([0, 0]))).toBe(false);
	});
});

it('a WAV has a header for its samples', () => {
	const wav = makeWav(0.5, 440);
	expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
	expect([wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([8000, 16]);
	expect(wav.readUInt32LE(40)).toBe(0.5 * 8000 * 2);
	expect(wav.subarray(44)).toEqual(makePcm(0.5, 440));
});

it('an MP3 is a row of frames that last as long as asked', () => {
	const mp3 = makeMp3(2);
	const frames = mp3.length / 417;
	expect((frames * 1152) / 44_100).toBeCloseTo(2, 1);
	for (let frame = 0; frame < frames; frame++) {
		expect(mp3.readUInt32BE(frame * 417)).toBe(0xfffb90c4);
	}
});
