/** MPEG 1 Layer III, 128 kbit/s, 44.1 kHz, mono: 417 bytes for 1152 samples. */
const frameHeader = [0xff, 0xfb, 0x90, 0xc4];
const frameBytes = 417;
const framesPerSecond = 44100 / 1152;

/** An MP3 of so many seconds: silence, which is a frame of zeros behind its header. */
export function makeMp3(seconds: number): Buffer {
	const frame = Buffer.alloc(frameBytes);
	frame.set(frameHeader);
	const frames = Math.max(1, Math.round(seconds * framesPerSecond));
	return Buffer.concat(Array.from({ length: frames }, () => frame));
}
