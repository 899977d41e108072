/** Chat answers in every known form, and ways to damage them, for the fuzz tests. */

/** Fixed, so that the suite sees the same answers each time. */
export const SEED = 11;

/** The text of all whole answers. */
export const WORDS = 'The whole answer, in words';

export const choice = (message: object, more: object = {}) => ({
	id: 'c',
	choices: [{ index: 0, finish_reason: 'stop', message, ...more }],
});

const whole = (content: unknown, more: object = {}) => choice({ role: 'assistant', content }, more);

export const chunks = [
	...[WORDS.slice(0, 9), WORDS.slice(9)].map((content) => ({
		choices: [{ index: 0, delta: { content } }],
	})),
	{ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
];

const events = (gap: string): string =>
	chunks.map((one) => `data: ${JSON.stringify(one)}${gap}`).join('') + 'data: [DONE]\n\n';

/** The last four are streams. */
export const GOOD_ANSWERS = [
	JSON.stringify(whole(WORDS)),
	JSON.stringify(whole([{ type: 'text', text: WORDS }])),
	JSON.stringify([whole(WORDS)]),
	JSON.stringify({ data: whole(WORDS) }),
	JSON.stringify({ choices: [{ text: WORDS, finish_reason: 'stop' }] }),
	JSON.stringify(chunks),
	chunks.map((one) => JSON.stringify(one)).join('\n'),
	...['\n\n', '\r\n\r\n', '\r\r', '\n'].map(events),
];

/** Answers without content. */
export const EMPTY_ANSWERS = [
	'',
	'{}',
	'null',
	'[]',
	'{"choices":[{}]}',
	JSON.stringify(whole('')),
	JSON.stringify(whole(null, { finish_reason: null })),
	'data: [DONE]\n\n',
];

/** Ways to damage a text, some of them at an offset. */
export const DAMAGES: Array<(text: string, at: number) => string> = [
	(text, at) => text.slice(0, at),
	(text, at) => text.slice(at),
	(text) => text + text,
	(text) => `${text}\n${text}`,
	(text, at) => text.slice(0, at) + text.slice(at + 1),
	(text, at) => `${text.slice(0, at)}\u0000${text.slice(at)}`,
	(text) => JSON.stringify(text),
];

export const ENCODINGS: Array<(text: string) => Buffer> = [
	(text) => Buffer.from(text),
	(text) => Buffer.from(`\ufeff${text}`),
	(text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
	(text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
];

export const CONTENT_TYPES = [
	'application/json',
	'text/event-stream',
	'TEXT/EVENT-STREAM',
	'text/plain',
];
