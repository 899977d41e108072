import fc from 'fast-check';
import {
	completionsParser,
	isWorthSomething,
	readChatResponse,
} from '../../../../nodes/shared/chat/answer';
import { ApiResponse } from '../../../../nodes/shared/transport/apiResponse';

/** Fixed, so that the suite sees the same answers each time. */
const SEED = 11;

const WORDS = 'The whole answer, in words';
const whole = (content: unknown, more: object = {}) => ({
	id: 'c',
	choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, ...more }],
});
const pieces = [WORDS.slice(0, 9), WORDS.slice(9)].map((content) => ({
	choices: [{ index: 0, delta: { content } }],
}));
const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
const chunks = [...pieces, end];
const events = (gap: string) =>
	chunks.map((one) => `data: ${JSON.stringify(one)}${gap}`).join('') + 'data: [DONE]\n\n';

/** Answers in every known form, all of which say the same words. */
const good = [
	JSON.stringify(whole(WORDS)),
	JSON.stringify(whole([{ type: 'text', text: WORDS }])),
	JSON.stringify([whole(WORDS)]),
	JSON.stringify({ data: whole(WORDS) }),
	JSON.stringify({ choices: [{ text: WORDS, finish_reason: 'stop' }] }),
	JSON.stringify(chunks),
	chunks.map((one) => JSON.stringify(one)).join('\n'),
	...['\n\n', '\r\n\r\n', '\r\r', '\n'].map(events),
];
/** And what says nothing, or that it failed. */
const bad = [
	'',
	'{}',
	'null',
	'[]',
	'{"choices":[{}]}',
	JSON.stringify(whole('')),
	JSON.stringify(whole(null, { finish_reason: null })),
	'{"error":{"code":502,"message":"Exploded"}}',
	'event: error\ndata: Exploded\n\n',
	`data: ${JSON.stringify(pieces[0])}\n\n`,
	'data: [DONE]\n\n',
	'<html><title>502 Bad Gateway</title></html>',
	'upstream request timeout',
];

const read = (bytes: Buffer, contentType: string) =>
	readChatResponse(
		new ApiResponse(200, { 'content-type': contentType }, bytes),
		completionsParser,
		'm',
	);

const types = fc.constantFrom(
	'application/json',
	'text/event-stream',
	'TEXT/EVENT-STREAM',
	'text/plain',
	'',
);
const encodings: Array<(text: string) => Buffer> = [
	(text) => Buffer.from(text),
	(text) => Buffer.from(`\ufeff${text}`),
	(text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
	(text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
];
const damages: Array<(text: string, at: number) => string> = [
	(text) => text,
	(text, at) => text.slice(0, at),
	(text, at) => text.slice(at),
	(text) => text + text,
	(text) => `${text}\n${text}`,
	(text, at) => text.slice(0, at) + text.slice(at + 1),
	(text, at) => `${text.slice(0, at)}\u0000${text.slice(at)}`,
	(text) => JSON.stringify(text),
];

test('an answer in any known form, under any type and mark, says its words once', () => {
	const answer = fc.tuple(fc.constantFrom(...good), fc.constantFrom(...encodings), types);
	fc.assert(
		fc.property(answer, ([text, encode, type]) => {
			const reading = read(encode(text), type);
			expect(reading.error).toBeUndefined();
			expect(reading).toMatchObject({ answers: [{ text: WORDS }] });
		}),
		{ seed: SEED, numRuns: 300 },
	);
});

test('however an answer is cut, doubled, re-encoded or mixed, it is whole or an error that is told', () => {
	const text = fc
		.tuple(fc.constantFrom(...good, ...bad), fc.constantFrom(...damages), fc.nat(400))
		.map(([answer, damage, at]) => damage(answer, at % (answer.length + 1)));
	const mixed = fc.array(text, { minLength: 1, maxLength: 3 }).map((texts) => texts.join('\n'));
	fc.assert(
		fc.property(mixed, fc.constantFrom(...encodings), types, (answer, encode, type) => {
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

test('a stream that is cut anywhere before its end is never a whole answer', () => {
	const [first] = good.slice(-4);
	const end = first.indexOf('"finish_reason"');
	fc.assert(
		fc.property(fc.integer({ min: 0, max: end - 1 }), (at) => {
			expect(read(Buffer.from(first.slice(0, at)), 'text/event-stream').error).toBeDefined();
		}),
		{ seed: SEED, numRuns: 200 },
	);
});

test('whatever the bytes and the JSON are, reading them does not fail', () => {
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
