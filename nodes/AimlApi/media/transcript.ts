import { isRecord, toNumber, type Json } from '../../shared/json';

/** A transcription, in one form for all vendors. */
interface Transcript {
	text: string;
	/** Language code, e.g. `en`. */
	language?: string;
	/** In seconds. */
	duration?: number;
	/** Present if the model returned segments or distinguished the speakers. */
	segments?: Segment[];
	/** Further results as the model returned them: summary, topics, chapters … */
	[extra: string]: unknown;
}

/** A type alias, so that it is assignable to n8n's `IDataObject`. */
type Segment = {
	/** In seconds from the start of the recording. */
	start?: number;
	end?: number;
	text: string;
	speaker?: string;
};

/**
 * Parses the response of a finished transcription. It is under `output` by the schema and under `result`
 * in all samples, as `text` or `results.channels[].alternatives[].transcript`; other providers wrap and
 * name it differently.
 *
 * @returns `undefined` if it has no text
 */
export const toTranscript = (body: unknown): Transcript | undefined =>
	isRecord(body) ? parseAnswer(body, MAX_DEPTH) : undefined;

/** How deeply a transcription may be wrapped. */
const MAX_DEPTH = 4;
const WRAPPERS = ['result', 'output', 'data', 'response', 'transcription', 'transcript'];
const TEXT_KEYS = ['text', 'transcript', 'transcription', 'full_transcript', 'output', 'result'];

function parseAnswer(answer: Json, depth: number): Transcript | undefined {
	if (!depth) return undefined;
	const wrapped = WRAPPERS.map((key) => answer[key])
		.map((part) => (Array.isArray(part) ? { segments: part } : part))
		.filter(isRecord);
	const inner = wrapped.map((part) => parseAnswer(part, depth - 1)).find(isKnown);
	return inner ?? parseOwn(answer);
}

function parseOwn(answer: Json): Transcript | undefined {
	const results = isRecord(answer.results) ? answer.results : answer;
	const alternatives = alternativesOf(results);
	const segments = toSegments(answer, results, alternatives);
	const text = alternatives.length
		? alternatives.map(({ transcript, text }) => String(transcript ?? text ?? '')).join('\n')
		: findText(answer, segments);
	if (text === undefined) return undefined;
	const metadata = {
		text,
		language: findLanguage(answer, results, alternatives),
		duration: findDuration(answer),
		segments: segments.length ? segments : undefined,
		...findExtras(answer, results),
	};
	return dropEmpty(metadata) as Transcript;
}

/** The whole text, or that of the segments. An empty one is silence. */
function findText(answer: Json, segments: Segment[]): string | undefined {
	const texts = TEXT_KEYS.map((key) => answer[key]).filter((text) => typeof text === 'string');
	const spoken = segments.map(({ text }) => text).join(' ');
	return [...texts, spoken].find((text) => text.trim() !== '') ?? texts[0];
}

/** The best alternative of each channel or part. */
function alternativesOf({ channels, results, transcripts }: Json): Json[] {
	if (Array.isArray(transcripts)) return transcripts.filter(isRecord);
	const parts = [channels, results].find(Array.isArray) ?? [];
	return parts.flatMap((channel) => {
		const [best] =
			isRecord(channel) && Array.isArray(channel.alternatives) ? channel.alternatives : [];
		return isRecord(best)
			? [{ ...best, detected_language: (channel as Json).detected_language }]
			: [];
	});
}

function findLanguage(answer: Json, results: Json, alternatives: Json[]): string | undefined {
	const candidates = [
		answer.language,
		answer.language_code,
		...alternatives.map(({ detected_language: language }) => language),
		results.language,
	];
	return candidates.find((value): value is string => typeof value === 'string' && value !== '');
}

function findDuration(answer: Json): number | undefined {
	const { metadata, usage } = answer;
	const candidates = [
		isRecord(metadata) ? metadata.duration : undefined,
		answer.audio_duration,
		answer.duration,
		isRecord(usage) ? usage.seconds : undefined,
	];
	return candidates.find((value): value is number => typeof value === 'number');
}

function toSegments(answer: Json, results: Json, alternatives: Json[]): Segment[] {
	const { utterances, segments, chunks, sentences } = answer;
	const listed = [results.utterances, utterances, segments, chunks, sentences].find(isFilledList);
	if (listed) return parseParts(listed);
	const words = [answer.words, ...alternatives.map((channel) => channel.words)].find(isFilledList);
	return words ? joinBySpeaker(parseParts(words)) : [];
}

const isFilledList = (value: unknown): value is unknown[] =>
	Array.isArray(value) && value.length > 0;

/**
 * Words, utterances or segments. Their times are in milliseconds if they have both `confidence` and
 * `text` and are whole numbers (AssemblyAI), otherwise in seconds.
 */
function parseParts(list: unknown[]): Segment[] {
	const parts = list.filter(isRecord);
	const isAssemblyAi = parts.every(
		({ text, confidence, start, end }) =>
			typeof text === 'string' && isKnown(confidence) && [start, end].every(Number.isInteger),
	);
	return parts.map((part) => toSegment(part, isAssemblyAi ? 1000 : 1)).filter(({ text }) => text);
}

/** @param unit how many of its units of time are a second */
function toSegment(part: Json, unit: number): Segment {
	const [from, to] = Array.isArray(part.timestamp) ? (part.timestamp as unknown[]) : [];
	const toSeconds = (...times: unknown[]): number | undefined => {
		const time = times.map(toNumber).find(isKnown);
		return time === undefined ? undefined : time / unit;
	};
	const spoken = part.transcript ?? part.punctuated_word ?? part.text ?? part.word;
	const speaker = [part.speaker, part.speaker_id, part.speaker_label].find(isKnown);
	return dropEmpty({
		start: toSeconds(part.start, part.start_time, from),
		end: toSeconds(part.end, part.end_time, to),
		text: String(spoken ?? '').trim(),
		speaker: speaker === undefined ? undefined : String(speaker),
	}) as Segment;
}

/** Joins consecutive words of the same speaker; empty without speakers. */
function joinBySpeaker(words: Segment[]): Segment[] {
	const segments: Segment[] = [];
	for (const word of words.filter(({ speaker }) => speaker !== undefined)) {
		const last = segments.at(-1);
		if (last?.speaker === word.speaker) {
			last!.end = word.end;
			last!.text += ` ${word.text}`;
		} else segments.push({ ...word });
	}
	return segments;
}

const EXTRAS = ['summary', 'topics', 'intents', 'sentiments', 'chapters', 'entities', 'highlights'];

function findExtras(answer: Json, results: Json): Json {
	return Object.fromEntries(EXTRAS.map((name) => [name, results[name] ?? answer[name]]));
}

const dropEmpty = (metadata: Json): Json =>
	Object.fromEntries(Object.entries(metadata).filter(([, value]) => isKnown(value)));

const isKnown = (value: unknown): boolean => value !== undefined && value !== null;
