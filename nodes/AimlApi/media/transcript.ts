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
 * in all samples, as `text` or `results.channels[].alternatives[].transcript`.
 *
 * @returns `undefined` if it has no text
 */
export function toTranscript(body: unknown): Transcript | undefined {
	const answer = isRecord(body) ? [body.result, body.output, body].find(hasContent) : undefined;
	if (typeof answer === 'string') return { text: answer };
	if (!isRecord(answer)) return undefined;
	const results = isRecord(answer.results) ? answer.results : answer;
	const alternatives = channelsOf(results);
	const text = alternatives.length
		? alternatives.map(({ transcript }) => String(transcript ?? '')).join('\n')
		: answer.text;
	if (typeof text !== 'string') return undefined;
	const segments = toSegments(answer, results, alternatives);
	const metadata = {
		text,
		language: findLanguage(answer, results, alternatives),
		duration: findDuration(answer),
		segments: segments.length ? segments : undefined,
		...findExtras(answer, results),
	};
	return dropEmpty(metadata) as Transcript;
}

const hasContent = (value: unknown): boolean =>
	isRecord(value) || (typeof value === 'string' && value !== '');

/** The best alternative of each channel. */
function channelsOf({ channels }: Json): Json[] {
	if (!Array.isArray(channels)) return [];
	return channels.flatMap((channel) => {
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
	const listed = [results.utterances, answer.segments].find(isFilledList) ?? [];
	if (listed.length) return listed.filter(isRecord).map(toSegment);
	const words = [answer.words, ...alternatives.map((channel) => channel.words)].find(isFilledList);
	return words ? joinBySpeaker(words.filter(isRecord).map(toSegment)) : [];
}

const isFilledList = (value: unknown): value is unknown[] =>
	Array.isArray(value) && value.length > 0;

/**
 * A word, utterance or segment. Times are in milliseconds if it has both `confidence` and `text`
 * (AssemblyAI), otherwise in seconds.
 */
function toSegment(part: Json): Segment {
	const inMilliseconds = typeof part.text === 'string' && 'confidence' in part;
	const toSeconds = (value: unknown): number | undefined => {
		const time = toNumber(value);
		return time === undefined ? undefined : time / (inMilliseconds ? 1000 : 1);
	};
	const spoken = part.transcript ?? part.punctuated_word ?? part.text ?? part.word;
	return dropEmpty({
		start: toSeconds(part.start),
		end: toSeconds(part.end),
		text: String(spoken ?? '').trim(),
		speaker: isKnown(part.speaker) ? String(part.speaker) : undefined,
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
