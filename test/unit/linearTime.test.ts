/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures the CPU time of this process */
import { findOutputFiles } from '../../nodes/AimlApi/media/outputFiles';
import { fileNameOfUrl, safeFileName } from '../../nodes/AimlApi/media/fileName';
import { inspectOutput } from '../../nodes/AimlApi/media/fileContent';
import { toTranscript } from '../../nodes/AimlApi/media/transcript';
import { parsePages } from '../../nodes/AimlApi/resources/document/pages';
import { parseResultLines } from '../../nodes/AimlApi/resources/batch/resultLines';
import { parseJsonOutput } from '../../nodes/AimlApi/resources/chat/jsonOutput';
import { responsesParser } from '../../nodes/AimlApi/resources/chat/responsesOutput';
import { parseJob } from '../../nodes/AimlApi/run/job';
import { toToolOutput } from '../../nodes/AimlApi/run/toolOutput';
import { parseAnswer } from '../../nodes/LmChatAimlApi/model/parseAnswer';
import { toStandard } from '../../nodes/LmChatAimlApi/model/standardContent';
import { mapToolNames } from '../../nodes/LmChatAimlApi/model/toolNames';
import { completionsParser, parseChatResponse } from '../../nodes/shared/chat/answer';
import { parseArguments } from '../../nodes/shared/chat/completion';
import { endingOf } from '../../nodes/shared/chat/finishReason';
import { CompletionFold } from '../../nodes/shared/chat/stream';
import { StreamedText } from '../../nodes/shared/chat/streamedText';
import { parseEmbeddings } from '../../nodes/shared/embeddings/vectors';
import { maskIn, maskSecrets } from '../../nodes/shared/maskSecrets';
import { tryParse } from '../../nodes/shared/json';
import { normalizeMimeType, parseDataUrl } from '../../nodes/shared/mimeTypes';
import { findFileInputs } from '../../nodes/shared/parameters/fileInputs';
import { toParameterFields } from '../../nodes/shared/parameters/parameterFields';
import { dereference } from '../../nodes/shared/schema/dereference';
import type { JsonSchema, ObjectSchema } from '../../nodes/shared/schema/jsonSchema';
import { sanitizeSchema } from '../../nodes/shared/schema/sanitize';
import { describe as describeSchema, findProblem } from '../../nodes/shared/schema/validate';
import { errorFromResponse } from '../../nodes/shared/transport/apiErrors';
import { ApiResponse } from '../../nodes/shared/transport/apiResponse';
import { parseErrorMessage } from '../../nodes/shared/transport/errorBody';
import { EventParser } from '../../nodes/shared/transport/eventParser';
import { normalizeHost } from '../../nodes/shared/transport/host';
import { toWellFormedJson } from '../../nodes/shared/wellFormed';

/**
 * No function that reads a text or value from outside takes more than linear time: it would block all
 * of n8n. A function passes if it is fast with the largest input, or if ten times the input takes at
 * most sixty times as long; with a quadratic step it would be a hundred times.
 */

const SMALL = 10_000;
const MEDIUM = 100_000;
const LARGE = 1_000_000;
/** Milliseconds of CPU. */
const FAST = 500;
const NEGLIGIBLE = 5;
const MOST_GROWTH = 60;

/** Milliseconds of CPU time, whatever the function throws. */
function cpuOf(work: () => unknown): number {
	const before = process.cpuUsage();
	let failure: unknown;
	try {
		work();
	} catch (error) {
		failure = error;
	}
	const { user } = process.cpuUsage(before);
	if (failure instanceof RangeError) throw failure;
	return user / 1_000;
}

const leastOf = (work: () => unknown): number => Math.min(...[1, 2, 3].map(() => cpuOf(work)));

/** Why a function is too slow for a growing input; `undefined` if it is not. */
function complaint<Input>(read: (input: Input) => unknown, grow: (size: number) => Input) {
	let before = 0;
	for (const size of [SMALL, MEDIUM, LARGE]) {
		// Even in cubic time, the largest input would be fast.
		if (size === LARGE && before < NEGLIGIBLE) return undefined;
		const input = grow(size);
		const after = cpuOf(() => read(input));
		if (after > Math.max(FAST, before * MOST_GROWTH)) {
			const [small, large] = [grow(size / 10), input].map((each) => leastOf(() => read(each)));
			const isLinear = large <= Math.max(FAST, small * MOST_GROWTH);
			if (!isLinear) return `${size} characters: ${large} ms, a tenth of them ${small} ms`;
		}
		before = after;
	}
	return undefined;
}

const repeat =
	(part: string, start = '', end = '') =>
	(size: number): string =>
		start + part.repeat(Math.max(1, Math.floor(size / part.length))) + end;

/** Texts that slow down backtracking, or a search that starts at every character. */
const TEXTS: Record<string, (size: number) => string> = {
	words: repeat('word '),
	blanks: repeat(' ', 'a', 'a'),
	'line breaks': repeat('\n', '', 'x'),
	'carriage returns': repeat('\r'),
	'line breaks in a fence': repeat('\n', '```json', 'x'),
	fences: repeat('```'),
	'fences with words': repeat('```json\n{'),
	braces: repeat('{'),
	'nested lists': repeat('['),
	'brackets by turns': repeat('[{'),
	'whole nested lists': (size) => '['.repeat(size / 2) + ']'.repeat(size / 2),
	'nested objects': (size) => '{"a":'.repeat(size / 6) + '1' + '}'.repeat(size / 6),
	quotes: repeat('"'),
	'single quotes': repeat("'"),
	backslashes: repeat('\\'),
	'escaped quotes': repeat('\\"', '"'),
	commas: repeat(',', '[', ']'),
	'tags that never close': repeat('<', '<html>'),
	titles: repeat('<title', '<html>'),
	'thinking that never ends': repeat('<think>'),
	'thoughts that nearly end': repeat('</think', '<think>'),
	slashes: repeat('/', 'https://a'),
	'schemes of addresses': repeat('://'),
	'escapes of addresses': repeat('%', 'https://a.b/'),
	dots: repeat('.a'),
	bearers: repeat('bearer '),
	keys: repeat('sk-'),
	'data URLs': repeat('data:image/'),
	'images in Markdown': repeat('![a](data:', '', ')'),
	'images that are not named': repeat('![', ''),
	'images without a URL': repeat('![a]('),
	'parameters of data URLs': repeat(';a=b', 'data:image/png', ';base64,AAAA'),
	base64: repeat('AAAA', '', '!'),
	'fields of events': repeat('data:'),
	'lines of events': repeat('data: {"a":1}\n'),
	'broken lines of events': repeat('data: {"a":\n'),
	'comments of events': repeat(': ping\n\n'),
	'JSON Lines': repeat('{"custom_id":"a","result":{}}\n'),
	'numbers of a list': repeat('0,', '[', '0]'),
	digits: repeat('1'),
	surrogates: repeat('\ud83d'),
	'control characters': repeat('\u0000'),
};

const response = (text: string, contentType = 'application/json', status = 200) =>
	new ApiResponse(status, { 'content-type': contentType }, Buffer.from(text));
const completion = (message: object) =>
	response(JSON.stringify({ choices: [{ index: 0, finish_reason: 'stop', message }] }));
const chat = (answer: ApiResponse) => parseChatResponse(answer, completionsParser, 'm');

const PEOPLE: JsonSchema = {
	type: 'object',
	required: ['name'],
	properties: { name: { type: 'string', pattern: '^(\\w+\\s?)*$' }, url: { format: 'uri' } },
};

/** Streams that arrive in pieces of this many bytes. */
const PIECE = 200;

const READERS: Record<string, (text: string) => unknown> = {
	'a body as an answer': (text) => chat(response(text)),
	'a body as events': (text) => chat(response(text, 'text/event-stream')),
	'the content of an answer': (text) => chat(completion({ content: text })),
	'the content in parts': (text) => chat(completion({ content: [{ type: 'text', text }] })),
	'the reasoning of an answer': (text) => chat(completion({ content: 'a', reasoning: text })),
	'an answer of an agent': (text) => {
		const answer = completion({ content: text });
		return parseAnswer(answer.json, answer, 'm');
	},
	'arguments of a tool': parseArguments,
	'JSON that was asked for': (text) => parseJsonOutput(text, PEOPLE),
	'a finish reason': endingOf,
	'a page or text under an error status': (text) => errorFromResponse(response(text, '', 502), 'm'),
	'the message of an error': (text) =>
		errorFromResponse(response(JSON.stringify({ error: { message: text } }), '', 400), 'm'),
	'an error in a text': parseErrorMessage,
	'secrets in a text': (text) => maskSecrets(text, ['sk-0123456789abcdef']),
	'a stream in pieces': (text) => {
		const parser = new EventParser();
		const bytes = Buffer.from(text);
		for (let at = 0; at < bytes.length; at += PIECE) parser.push(bytes.subarray(at, at + PIECE));
		return parser.end();
	},
	'a stream with reasoning and files in it': (text) => {
		const streamed = new StreamedText();
		for (let at = 0; at < text.length; at += PIECE) streamed.push(text.slice(at, at + PIECE));
		return streamed.end();
	},
	'the text of streamed chunks': (text) => fold(text, (content) => ({ content })),
	'the arguments of a streamed call': (text) =>
		fold(text, (written) => ({
			tool_calls: [{ index: 0, function: { name: 'f', arguments: written } }],
		})),
	'a file in a text': findOutputFiles,
	'files of an answer': (text) => findOutputFiles(tryParse(text) ?? { url: text, b64_json: text }),
	'a job': (text) => parseJob(tryParse(text) ?? { status: text, error: text, id: text }, false),
	'a transcript': (text) => toTranscript({ text, words: [{ word: text, speaker: 1 }] }),
	'pages of a document': (text) => parsePages({ pages: [{ markdown: text }] }),
	'results of a batch': parseResultLines,
	'what a tool tells an agent': (text) => toToolOutput({ text, list: [text] }),
	'a message of an agent': (text) =>
		toStandard({ content: [{ type: 'image_url', image_url: { url: text } }] }),
	'the name of a tool': (text) => mapToolNames([text]).toApi(text),
	'the name of a file': safeFileName,
	'the name in an address': fileNameOfUrl,
	'a host': normalizeHost,
	'a MIME type': normalizeMimeType,
	'a data URL': parseDataUrl,
	'the start of a file': (text) => inspectOutput(Buffer.from(text), text, text),
	'a text that is sent': toWellFormedJson,
	'a value of a parameter': (text) => findProblem(PEOPLE, { name: text, url: text }),
};

function fold(text: string, toDelta: (piece: string) => object) {
	const folded = new CompletionFold();
	for (let at = 0; at < text.length; at += PIECE) {
		folded.add({ choices: [{ index: 0, delta: toDelta(text.slice(at, at + PIECE)) }] });
	}
	return completionsParser.toAnswers(folded.completion);
}

test.each(Object.entries(READERS))(
	'%s is read in linear time, whatever it is',
	(_, read) => {
		const complaints = Object.entries(TEXTS).map(([name, grow]) => {
			const found = complaint(read, grow);
			return found && `${name}: ${found}`;
		});
		expect(complaints.filter(Boolean)).toEqual([]);
	},
	120_000,
);

const list = <T>(size: number, of: (index: number) => T): T[] =>
	Array.from({ length: size }, (_, index) => of(index));
const properties = (size: number, of: JsonSchema): ObjectSchema => ({
	type: 'object',
	required: [],
	properties: Object.fromEntries(list(size / 40, (index) => [`image_${index}_url`, of])),
});
const nested = (size: number, wrap: (inner: JsonSchema) => JsonSchema): JsonSchema =>
	list(Math.min(size / 40, 500), () => 0).reduce<JsonSchema>(wrap, { type: 'string' });

/** Schemas of users, models and documents. */
const SCHEMAS: Record<string, (size: number) => JsonSchema> = {
	'many properties': (size) => properties(size, { type: 'string' }),
	'many files': (size) => properties(size, { type: 'string', format: 'uri' }),
	'many alternatives': (size) => ({ anyOf: list(size / 20, () => ({ type: 'string' })) }),
	'many parts': (size) => ({ allOf: list(size / 20, () => ({ type: 'object' })) }),
	'many values': (size) => ({ enum: list(size / 10, (index) => `value ${index}`) }),
	'many required names': (size) => ({ required: list(size / 10, (index) => `name ${index}`) }),
	'nested alternatives': (size) =>
		nested(size, (inner) => ({ anyOf: [{ type: 'number' }, { properties: { a: inner } }] })),
	'nested properties': (size) =>
		nested(size, (inner) => ({ type: 'object', properties: { a: inner } })),
	'references that double': () => ({
		$ref: '#/$defs/d0',
		$defs: Object.fromEntries(
			list(30, (index) => [
				`d${index}`,
				{ anyOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] },
			]),
		),
	}),
	'a long pattern': (size) => ({ type: 'string', pattern: '(a+'.repeat(size / 3) }),
};

const SCHEMA_READERS: Record<string, (schema: JsonSchema) => unknown> = {
	resolved: (schema) => sanitizeSchema(dereference(schema, schema)),
	'turned into fields': (schema) =>
		toParameterFields(
			dereference({ properties: {}, required: [], ...schema }, schema) as ObjectSchema,
			{
				taken: [],
				hasFiles: true,
			},
		),
	'searched for files': (schema) =>
		findFileInputs(
			dereference({ properties: {}, required: [], ...schema }, schema) as ObjectSchema,
		),
	'put into words': (schema) => describeSchema(dereference(schema, schema)),
	'held against a value': (schema) => findProblem(dereference(schema, schema), { a: { a: 1 } }),
};

test.each(Object.entries(SCHEMA_READERS))(
	'a schema is %s in linear time',
	(_, read) => {
		const complaints = Object.entries(SCHEMAS).map(([name, grow]) => {
			const found = complaint(read, grow);
			return found && `${name}: ${found}`;
		});
		expect(complaints.filter(Boolean)).toEqual([]);
	},
	120_000,
);

/** Values with many parts, each with what reads it. */
const VALUES: Array<[string, (size: number) => unknown, (value: never) => unknown]> = [
	[
		'vectors',
		(size) =>
			response(JSON.stringify({ data: list(size / 30, (index) => ({ index, embedding: [1] })) })),
		(answer: ApiResponse) => parseEmbeddings(answer, (answer.json as { data: [] }).data.length),
	],
	[
		'vectors in reverse',
		(size) =>
			response(
				JSON.stringify({
					data: list(size / 30, (index) => ({ index: size - index, embedding: [1] })),
				}),
			),
		(answer: ApiResponse) => parseEmbeddings(answer, (answer.json as { data: [] }).data.length),
	],
	[
		'tool calls of one name and id',
		(size) => list(size / 50, () => ({ id: 'a', function: { name: 'f', arguments: '{}' } })),
		(calls: object[]) => fold('a', () => ({ tool_calls: calls })),
	],
	[
		'names of tools that become one',
		(size) => list(size / 70, (index) => ` ${'\u00e4'.repeat(70)}${index}`),
		mapToolNames,
	],
	[
		'files',
		(size) => list(size / 30, (index) => ({ url: `https://a.test/${index}.png` })),
		findOutputFiles,
	],
	['parts of an answer', (size) => list(size / 2, () => 0), findOutputFiles],
	[
		'words of speakers',
		(size) => list(size / 40, (index) => ({ word: 'a', speaker: index % 2 })),
		(words: unknown) => toTranscript({ text: '', words }),
	],
	[
		'errors',
		(size) => list(size / 20, (index) => ({ message: `error ${index}` })),
		(errors: unknown) => parseErrorMessage(JSON.stringify({ errors })),
	],
	[
		'texts that are masked',
		(size) => list(size / 10, () => 'Bearer abc'),
		(texts: unknown) => maskIn(texts, ['sk-0123456789abcdef']),
	],
	[
		'values of a list',
		(size) => list(size / 20, () => ({ name: 'a' })),
		(value: unknown) =>
			findProblem({ type: 'array', items: { anyOf: list(20, () => ({ type: 'string' })) } }, value),
	],
	[
		'choices of a response',
		(size) => ({ output: list(size / 50, () => ({ type: 'message', content: [{ text: 'a' }] })) }),
		responsesParser.toAnswers as never,
	],
];

test.each(VALUES)(
	'%s are read in linear time, however many',
	(_, grow, read) => {
		expect(complaint(read as (value: unknown) => unknown, grow)).toBeUndefined();
	},
	120_000,
);
