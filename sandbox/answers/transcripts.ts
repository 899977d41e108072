import type { JobForm, JobState } from '../server/jobs';

/** What was said, and in which recording. */
export interface Recording {
	/** Its file name. */
	name: string;
	text: string;
	seconds: number;
	/** Whether to distinguish the speakers. */
	diarize: boolean;
}

/** The form of a vendor's transcripts. */
interface TranscriptForm {
	job: JobForm;
	result: (recording: Recording) => Record<string, unknown>;
}

const CONFIDENCE = 0.98;

function wordsOf({ text, seconds, diarize }: Recording) {
	const words = text.split(' ');
	const pace = seconds / words.length;
	return words.map((word, index) => ({
		word: word.toLowerCase().replace(/[^\p{L}\p{N}'.]|\.$/gu, ''),
		start: Number((index * pace).toFixed(2)),
		end: Number(((index + 1) * pace).toFixed(2)),
		confidence: CONFIDENCE,
		...(diarize && { speaker: 0 }),
		punctuated_word: word,
	}));
}

const DEEPGRAM: TranscriptForm = {
	job: { idName: 'generation_id', startsWithoutStatus: true },
	result: (recording) => ({
		metadata: { duration: recording.seconds, channels: 1 },
		results: {
			channels: [
				{
					alternatives: [
						{ transcript: recording.text, confidence: CONFIDENCE, words: wordsOf(recording) },
					],
				},
			],
		},
	}),
};

/** The vendor's own status, inside the API's. */
const innerStatus = (state: JobState) => ({
	result: { status: state === 'queued' ? 'queued' : 'processing', text: null },
});

const ASSEMBLY_AI: TranscriptForm = {
	job: { idName: 'generation_id', pending: innerStatus },
	result: (recording) => ({
		status: 'completed',
		text: recording.text,
		language_code: 'en',
		confidence: CONFIDENCE,
		audio_duration: recording.seconds,
		words: wordsOf(recording).map(({ punctuated_word: text, start, end }) => ({
			text,
			// In milliseconds, and speakers are letters.
			start: Math.round(start * 1000),
			end: Math.round(end * 1000),
			confidence: CONFIDENCE,
			...(recording.diarize && { speaker: 'A' }),
		})),
		utterances: null,
		error: null,
	}),
};

const OPEN_AI: TranscriptForm = {
	job: { idName: 'generation_id' },
	result: ({ text, seconds }) => ({
		text,
		usage: { type: 'duration', seconds },
	}),
};

/** The form of a model's transcripts, by the vendor in its ID. */
export function transcriptFormOf(id: string): TranscriptForm {
	if (/nova-|whisper|deepgram/.test(id)) return DEEPGRAM;
	return /aai|assembly|universal|slam/.test(id) ? ASSEMBLY_AI : OPEN_AI;
}
