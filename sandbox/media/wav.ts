const samplesPerSecond = 8000;
const loudness = 8000;

/** A WAV of so many seconds, mono, 16 bits: a tone of `hertz`. */
export function makeWav(seconds: number, hertz: number): Buffer {
	const sound = makePcm(seconds, hertz);
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + sound.length, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20); // Uncompressed.
	header.writeUInt16LE(1, 22); // Channels.
	header.writeUInt32LE(samplesPerSecond, 24);
	header.writeUInt32LE(samplesPerSecond * 2, 28);
	header.writeUInt16LE(2, 32); // Bytes for each sample.
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(sound.length, 40);
	return Buffer.concat([header, sound]);
}

/** The same tone as bare samples. */
export function makePcm(seconds: number, hertz: number): Buffer {
	const samples = Int16Array.from({ length: Math.round(seconds * samplesPerSecond) }, (_, index) =>
		Math.round(loudness * Math.sin((2 * Math.PI * hertz * index) / samplesPerSecond)),
	);
	return Buffer.from(samples.buffer);
}
