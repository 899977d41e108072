import { random } from '../seededRandom';
import type { ResultFile } from './file';
import { makeMp3 } from './mp3';
import { makePcm, makeWav } from './wav';

/**
 * Audio of `seconds`, with a tone that depends on the text. `format` is the requested one, e.g.
 * `mp3_44100_128`; unsupported formats become WAV.
 */
export function soundFile(format: unknown, seconds: number, text: string): ResultFile {
	const hertz = 200 + Math.round(random('tone', text) * 400);
	const name = String(format);
	if (name.startsWith('mp3')) return { extension: 'mp3', make: () => makeMp3(seconds) };
	if (name.startsWith('pcm')) return { extension: 'pcm', make: () => makePcm(seconds, hertz) };
	return { extension: 'wav', make: () => makeWav(seconds, hertz) };
}
