const SAMPLES_PER_SECOND = 8000;
const AMPLITUDE = 8000;

/** A WAV of `seconds`, mono, 16 bits: a tone of `hertz`. */
export function makeWav(seconds: number, hertz: number): Buffer {
	const sound = makePcm(seconds, hertz);
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + sound.length, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20); // Uncompressed.
	header.writeUInt16LE(1, 22); // Channels.
	header.writeUInt32LE(SAMPLES_PER_SECOND, 24);
	header.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28);
	header.writeUInt16LE(2, 32); // Bytes for each sample.
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(sound.length, 40);
	return Buffer.concat([header, sound]);
}

/** The same tone as raw samples. */
export function makePcm(seconds: number, hertz: number): Buffer {
	const samples = Int16Array.from(
		{ length: Math.round(seconds * SAMPLES_PER_SECOND) },
		(_, index) =>
			Math.round(AMPLITUDE * Math.sin((2 * Math.PI * hertz * index) / SAMPLES_PER_SECOND)),
	);
	return Buffer.from(samples.buffer);
}
