import type { ResultFile } from '../media/file';

/** How a model returns speech, other than `audio: { url }`. */
export interface SpeechVariant {
	/** The bytes themselves instead of JSON. */
	bytes?: true;
	/** `audio` is the URL itself. */
	bareAddress?: true;
	file?: Partial<ResultFile>;
}

/** The documented deviations, by name. */
export const SPEECH_VARIANTS = {
	'tts-address': { bareAddress: true },
	'tts-bytes': { bytes: true },
	'tts-octet-stream': { bytes: true, file: { contentType: 'application/octet-stream' } },
} satisfies Record<string, SpeechVariant>;
