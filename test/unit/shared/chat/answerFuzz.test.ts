import fc from 'fast-check';
import {
	completionsParser,
	isWorthSomething,
	parseChatResponse,
} from '../../../../nodes/shared/chat/answer';
import { ApiResponse } from '../../../../nodes/shared/transport/apiResponse';
import {
	chunks,
	CONTENT_TYPES,
	DAMAGES,
	EMPTY_ANSWERS,
	ENCODINGS,
	GOOD_ANSWERS,
	SEED,
	WORDS,
} from '../../../support/answerForms';

/** Answers without content or with an error. */
const BAD = [
	...EMPTY_ANSWERS,
	'{"error":{"code":502,"message":"Exploded"}}',
	'event: error\ndata: Exploded\n\n',
	`data: ${JSON.stringify(chunks[0])}\n\n`,
	'<html><title>502 Bad Gateway</title></html>',
	'upstream request timeout',
];

const read = (bytes: Buffer, contentType: string) =>
	parseChatResponse(
		new ApiResponse(200, { 'content-type': contentType }, bytes),
		completionsParser,
		'm',
	);

const types = fc.constantFrom(...CONTENT_TYPES, '');
const damages = [(text: string) => text, ...DAMAGES];

test('an answer in any known form, type and encoding is read once and whole', () => {
	const answer = fc.tuple(fc.constantFrom(...GOOD_ANSWERS), fc.constantFrom(...ENCODINGS), types);
	fc.assert(
		fc.property(answer, ([text, encode, type]) => {
			const reading = read(encode(text), type);
			expect(reading.error).toBeUndefined();
			expect(reading).toMatchObject({ answers: [{ text: WORDS }] });
		}),
		{ seed: SEED, numRuns: 300 },
	);
});

test('a damaged answer is whole or a readable error', () => {
	const text = fc
		.tuple(fc.constantFrom(...GOOD_ANSWERS, ...BAD), fc.constantFrom(...damages), fc.nat(400))
		.map(([answer, damage, at]) => damage(answer, at % (answer.length + 1)));
	const mixed = fc.array(text, { minLength: 1, maxLength: 3 }).map((texts) => texts.join('\n'));
	fc.assert(
		fc.property(mixed, fc.constantFrom(...ENCODINGS), types, (answer, encode, type) => {
			const reading = read(encode(answer), type);
			if (reading.error) {
				expect(reading.error.message).not.toBe('');
				expect(reading.error.description).not.toBe('');
			} else {
				expect(reading.answers.length).toBeGreaterThan(0);
				expect(reading.answers.some(isWorthSomething)).toBe(true);
			}
		}),
		{ seed: SEED, numRuns: 3_000 },
	);
});

test('a stream that is cut before its end is an error', () => {
	const [first] = GOOD_ANSWERS.slice(-4);
	const end = first.indexOf('"finish_reason"');
	fc.assert(
		fc.property(fc.integer({ min: 0, max: end - 1 }), (at) => {
			expect(read(Buffer.from(first.slice(0, at)), 'text/event-stream').error).toBeDefined();
		}),
		{ seed: SEED, numRuns: 200 },
	);
});

test.each([
	['an event', (text: string) => `data: ${text}\n\n`],
	['a line', (text: string) => `${text}\n`],
])('an answer with %s that is broken is an error, unless the answer had ended', (_, write) => {
	const [first, second, end] = chunks.map((chunk) => write(JSON.stringify(chunk)));
	const broken = write('{"choices":[{"ind');
	expect(read(Buffer.from(first + broken + end), 'text/plain').error).toBeDefined();
	expect(read(Buffer.from(first + second + end + broken), 'text/plain')).toMatchObject({
		answers: [{ text: WORDS }],
	});
});

test('any bytes and any JSON can be read', () => {
	const anything = fc.oneof(
		fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
		fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ choices: value, error: value }))),
		fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ choices: [{ message: value }] }))),
	);
	fc.assert(
		fc.property(anything, types, (bytes, type) => {
			expect(read(bytes, type)).toBeDefined();
		}),
		{ seed: SEED, numRuns: 1_000 },
	);
});
