import fc from 'fast-check';
import { toTranscript } from '../../../../nodes/AimlApi/media/transcript';

const deepgram = (alternative: object, results: object = {}) => ({
	result: {
		metadata: { duration: 3.5 },
		results: { channels: [{ alternatives: [alternative] }], ...results },
	},
});

const HELLO = { text: 'Hello' };

test.each<[string, unknown, unknown]>([
	['text in the result', { result: { text: 'Hello' } }, { text: 'Hello' }],
	['text in the output', { output: { text: 'Hello' } }, { text: 'Hello' }],
	['output that is the text', { status: 'completed', output: 'Hello' }, { text: 'Hello' }],
	['text at the top', { text: 'Hello', language: 'en' }, { text: 'Hello', language: 'en' }],
	['a channel', deepgram({ transcript: 'Hello' }), { text: 'Hello', duration: 3.5 }],
	['silence', { result: { text: '' } }, { text: '' }],
	[
		'several channels, a line each',
		{
			result: {
				results: {
					channels: [
						{ alternatives: [{ transcript: 'Hello' }], detected_language: 'en' },
						{ alternatives: [{ transcript: 'Hi' }] },
					],
				},
			},
		},
		{ text: 'Hello\nHi', language: 'en' },
	],
	[
		'utterances in seconds',
		deepgram(
			{ transcript: 'Hello' },
			{ utterances: [{ start: 0.5, end: 1, transcript: 'Hello', speaker: 0, confidence: 1 }] },
		),
		{
			text: 'Hello',
			duration: 3.5,
			segments: [{ start: 0.5, end: 1, text: 'Hello', speaker: '0' }],
		},
	],
	[
		'utterances in milliseconds',
		{
			result: {
				text: 'Hello',
				language_code: 'en',
				audio_duration: 2,
				utterances: [{ start: 500, end: 1000, text: 'Hello', speaker: 'A', confidence: 1 }],
			},
		},
		{
			text: 'Hello',
			language: 'en',
			duration: 2,
			segments: [{ start: 0.5, end: 1, text: 'Hello', speaker: 'A' }],
		},
	],
	[
		'segments in seconds',
		{
			result: { text: ' Hello', segments: [{ start: 0, end: 1, text: ' Hello', avg_logprob: -1 }] },
		},
		{ text: ' Hello', segments: [{ start: 0, end: 1, text: 'Hello' }] },
	],
	[
		'segments without times',
		{ text: 'Hello', segments: [{ text: 'Hello', start: null }] },
		{ text: 'Hello', segments: [{ text: 'Hello' }] },
	],
	[
		'words with speakers, joined',
		deepgram({
			transcript: 'Hi. You too',
			words: [
				{ word: 'hi', punctuated_word: 'Hi.', start: 0, end: 1, confidence: 1, speaker: 0 },
				{ word: 'you', start: 1, end: 2, confidence: 1, speaker: 1 },
				{ word: 'too', start: 2, end: 3, confidence: 1, speaker: 1 },
			],
		}),
		{
			text: 'Hi. You too',
			duration: 3.5,
			segments: [
				{ start: 0, end: 1, text: 'Hi.', speaker: '0' },
				{ start: 1, end: 3, text: 'you too', speaker: '1' },
			],
		},
	],
	['a transcript by that name', { transcript: 'Hello' }, { text: 'Hello' }],
	['data', { data: { result: { text: 'Hello' } } }, { text: 'Hello' }],
	['text beside a result', { result: { status: 'done' }, text: 'Hello' }, { text: 'Hello' }],
	['results with alternatives', { results: [{ alternatives: [{ transcript: 'Hello' }] }] }, HELLO],
	['results with transcripts', { results: { transcripts: [{ transcript: 'Hello' }] } }, HELLO],
	[
		'segments alone',
		{ segments: [{ text: 'Hello', start_time: '0.5', end_time: '1', speaker_label: 'spk_0' }] },
		{ ...HELLO, segments: [{ start: 0.5, end: 1, text: 'Hello', speaker: 'spk_0' }] },
	],
	[
		'chunks with a pair of times',
		{ text: 'Hello', chunks: [{ text: 'Hello', timestamp: [0, 1.5] }] },
		{ ...HELLO, segments: [{ start: 0, end: 1.5, text: 'Hello' }] },
	],
	[
		'a list as the result, to its end',
		{ result: [{ text: 'Hello' }, { text: 'you' }] },
		{ text: 'Hello you', segments: [{ text: 'Hello' }, { text: 'you' }] },
	],
	[
		'a nested transcription',
		{ result: { transcription: { full_transcript: 'Hello', utterances: [{ text: 'Hello' }] } } },
		{ ...HELLO, segments: [{ text: 'Hello' }] },
	],
	[
		'segments in seconds with confidence',
		{ text: 'Hello', segments: [{ start: 0.5, end: 1.5, text: 'Hello', confidence: 0.9 }] },
		{ ...HELLO, segments: [{ start: 0.5, end: 1.5, text: 'Hello' }] },
	],
	[
		'words with spaces between them and IDs of speakers',
		{
			text: 'Hi there',
			words: [
				{ text: 'Hi', start: 0, end: 1, speaker_id: 'a' },
				{ text: ' ', start: 1, end: 1, speaker_id: 'a' },
				{ text: 'there', start: 1, end: 2, speaker_id: 'a' },
			],
		},
		{ text: 'Hi there', segments: [{ start: 0, end: 2, text: 'Hi there', speaker: 'a' }] },
	],
	[
		'a summary beside the text',
		deepgram({ transcript: 'Hello' }, { summary: { short: 'A greeting' } }),
		{ text: 'Hello', duration: 3.5, summary: { short: 'A greeting' } },
	],
])('a transcript is read from %s', (_, body, transcript) => {
	expect(toTranscript(body)).toEqual(transcript);
});

test('an answer without a text is no transcript', () => {
	expect(toTranscript({ result: { status: 'completed' } })).toBeUndefined();
	expect(toTranscript(null)).toBeUndefined();
	expect(toTranscript({ data: 'task-1', result: [{ task_id: 'a' }] })).toBeUndefined();
});

test('any answer can be searched for a transcript', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			for (const body of [value, { result: value }, { result: { results: value, words: value } }]) {
				const transcript = toTranscript(body);
				expect(transcript === undefined || typeof transcript.text === 'string').toBe(true);
			}
		}),
	);
});
