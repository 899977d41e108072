import { PNG } from 'pngjs';
import { fixture } from '../../../sandbox/media/fixtures';
import { makeMp3 } from '../../../sandbox/media/mp3';
import { makePng } from '../../../sandbox/media/png';
import { makePcm, makeWav } from '../../../sandbox/media/wav';

test('a PNG is readable, has the requested size and gets lighter along its diagonal', () => {
	const { width, height, data } = PNG.sync.read(makePng(40, 30, 0.5));
	expect([width, height]).toEqual([40, 30]);
	const brightness = (x: number, y: number) =>
		[0, 1, 2].reduce((sum, channel) => sum + data[4 * (y * width + x) + channel], 0);
	expect(brightness(0, 0)).toBeLessThan(brightness(20, 15));
	expect(brightness(20, 15)).toBeLessThan(brightness(39, 29));
	expect(brightness(10, 5)).toBe(brightness(5, 10));
});

test('two hues make two different images', () => {
	expect(makePng(8, 8, 0.1)).not.toEqual(makePng(8, 8, 0.6));
});

test('the JPEG and the WebP are complete files', () => {
	const jpeg = fixture('image.jpeg');
	expect([jpeg.readUInt16BE(0), jpeg.readUInt16BE(jpeg.length - 2)]).toEqual([0xffd8, 0xffd9]);
	const webp = fixture('image.webp');
	expect(webp.subarray(8, 15).toString()).toBe('WEBPVP8');
	expect(webp.readUInt32LE(4)).toBe(webp.length - 8);
});

test('the boxes of the MP4 add up to the file', () => {
	const mp4 = fixture('video.mp4');
	const boxes: string[] = [];
	let at = 0;
	for (; at < mp4.length; at += mp4.readUInt32BE(at)) {
		boxes.push(mp4.subarray(at + 4, at + 8).toString('latin1'));
	}
	expect(at).toBe(mp4.length);
	expect(boxes).toEqual(expect.arrayContaining(['ftyp', 'moov', 'mdat']));
});

test('the GLB has its own length in the header and contains a mesh', () => {
	const glb = fixture('tetrahedron.glb');
	expect([glb.readUInt32LE(4), glb.readUInt32LE(8)]).toEqual([2, glb.length]);
	const scene = JSON.parse(glb.subarray(20, 20 + glb.readUInt32LE(12)).toString());
	expect(scene.meshes).toHaveLength(1);
});

test('a WAV has a header for its samples', () => {
	const wav = makeWav(0.5, 440);
	expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
	expect([wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([8000, 16]);
	expect(wav.readUInt32LE(40)).toBe(0.5 * 8000 * 2);
	expect(wav.subarray(44)).toEqual(makePcm(0.5, 440));
});

test('the frames of an MP3 last as long as requested', () => {
	const mp3 = makeMp3(2);
	const frames = mp3.length / 417;
	expect((frames * 1152) / 44_100).toBeCloseTo(2, 1);
	for (let frame = 0; frame < frames; frame++) {
		expect(mp3.readUInt32BE(frame * 417)).toBe(0xfffb90c4);
	}
});
