/** MPEG 1 Layer III, 128 kbit/s, 44.1 kHz, mono: 417 bytes for 1152 samples. */
const FRAME_HEADER = [0xff, 0xfb, 0x90, 0xc4];
const FRAME_BYTES = 417;
const FRAMES_PER_SECOND = 44100 / 1152;

/** A silent MP3 of `seconds`: frames of zeros after their headers. */
export function makeMp3(seconds: number): Buffer {
	const frame = Buffer.alloc(FRAME_BYTES);
	frame.set(FRAME_HEADER);
	const frames = Math.max(1, Math.round(seconds * FRAMES_PER_SECOND));
	return Buffer.concat(Array.from({ length: frames }, () => frame));
}
