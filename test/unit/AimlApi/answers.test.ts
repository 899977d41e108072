/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import * as zlib from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';
import { runChat, type ChatRun } from '../../engine/chatRun';
import { runOperation } from '../../engine/operationRun';
import { inTurn, reply, type Reply } from '../../engine/scriptedServer';
import { useScriptedServer } from '../../support/useScriptedServer';

const api = useScriptedServer();

/** Runs 'Message a Model' against answers that are given as their bytes. */
async function ask(answers: Reply[], { fields, ...run }: ChatRun = {}) {
	api.answer(inTurn(...answers.map(reply)));
	const options = { maxRetries: 1, maxRateLimitWait: 0.3, ...(fields?.options as object) };
	const settings = { onError: 'continueRegularOutput' as const };
	const all = { settings, ...run, fields: { ...fields, options } as INodeParameters };
	const { items } = await runChat(api, all);
	const jsons = items.map(({ json }) => json as Record<string, any>); // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely
	return { jsons, json: jsons[0], sent: api.requests };
}

const completion = (content: unknown, more: object = {}) => ({
	id: 'c1',
	choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, ...more }],
});
const GOOD: Reply = { body: completion('fine') };
const of = (body: Reply['body'], type = 'application/json'): Reply => ({
	body,
	headers: { 'content-type': type },
});
const chunk = (delta: object, more: object = {}) => ({
	id: 'c1',
	choices: [{ index: 0, delta, ...more }],
});
const HELLO = [chunk({ content: 'Hello' }), chunk({}, { finish_reason: 'stop' })];
const events = (chunks: unknown[], gap = '\n\n', end = 'data: [DONE]\n\n') =>
	chunks.map((one) => `data: ${JSON.stringify(one)}${gap}`).join('') + end;

const COMPRESSIONS = {
	gzip: zlib.gzipSync,
	deflate: zlib.deflateSync,
	br: zlib.brotliCompressSync,
};
const GREETING = JSON.stringify(completion('Grüße'));
const compressed = (body: Buffer, encoding: string): Reply => ({
	body,
	headers: { 'content-type': 'application/json', 'content-encoding': encoding },
});

/** All other known forms, types and encodings are in test/unit/shared/chat/answerFuzz.test.ts. */
test.each<[string, Reply, string]>([
	[
		'JSON in Latin-1',
		of(Buffer.from(GREETING, 'latin1'), 'application/json; charset=iso-8859-1'),
		'Grüße',
	],
	['JSON that is encoded twice', of(JSON.stringify(GREETING)), 'Grüße'],
	['JSON in gzip without a header', of(zlib.gzipSync(GREETING)), 'Grüße'],
	['events in gzip without a header', of(zlib.gzipSync(events(HELLO))), 'Hello'],
	...Object.entries(COMPRESSIONS).flatMap(
		([encoding, compress]): Array<[string, Reply, string]> => [
			[`JSON in ${encoding}`, compressed(compress(GREETING), encoding), 'Grüße'],
			[`events in ${encoding}`, compressed(compress(events(HELLO)), encoding), 'Hello'],
		],
	),
	['a whole completion in an event', of(events([completion('fine')])), 'fine'],
	['content that is an object', of(completion({ type: 'text', text: 'fine' })), 'fine'],
	['content that is a number', of(completion(5)), '5'],
	['a message that is text', of({ choices: [{ message: 'fine', finish_reason: 'stop' }] }), 'fine'],
	[
		'a message beside the delta',
		of(
			events([
				{ choices: [{ delta: { content: 'fine' }, message: { content: 'fine' } }] },
				HELLO[1],
			]),
		),
		'fine',
	],
])('an answer is read from %s, and requested once', async (_, answer, text) => {
	const { json, sent } = await ask([answer]);
	expect(json).toMatchObject({ text });
	expect(sent).toHaveLength(1);
});

test('reasoning in a list inside a part is kept apart from the text', async () => {
	const thinking = { type: 'thinking', thinking: [{ type: 'text', text: 'let me think' }] };
	const { json } = await ask([of(completion([thinking, { type: 'text', text: 'the answer' }]))]);
	expect(json).toMatchObject({ text: 'the answer', reasoning: 'let me think' });
});

test('a legacy call of a function is a tool call', async () => {
	const call = { name: 'weather', arguments: '{"city":"Paris"}' };
	const { json } = await ask([
		of({
			choices: [
				{ message: { content: null, function_call: call }, finish_reason: 'function_call' },
			],
		}),
	]);
	expect(json.toolCalls).toMatchObject([{ name: 'weather', arguments: { city: 'Paris' } }]);
});

test('what a model adds to a tool call is kept on the item, to be sent back', async () => {
	const extra = { google: { thought_signature: 'SIG' } };
	const call = {
		id: 'a',
		type: 'function',
		function: { name: 'w', arguments: '{}' },
		extra_content: extra,
	};
	const { json } = await ask([
		of(completion(null, { message: { tool_calls: [call] }, finish_reason: 'tool_calls' })),
	]);
	expect(json.toolCalls).toEqual([{ id: 'a', name: 'w', arguments: {}, extra_content: extra }]);
});

test.each(['MAX_TOKENS', 'length', 'SAFETY', 'MALFORMED_FUNCTION_CALL'])(
	'an empty answer that ended with %s has that as its finish reason',
	async (finish_reason) => {
		const { json } = await ask([of(completion(null, { finish_reason }))]);
		expect(json).toMatchObject({ text: '', finishReason: finish_reason });
	},
);

describe('an answer without content or with an error', () => {
	const exploded = { code: 502, message: 'Upstream provider exploded' };
	const invalid = { code: 400, message: 'Bad prompt' };
	test.each<[string, Reply, string, number]>([
		['an empty text', of(completion('')), 'returned nothing', 1],
		['an empty choice', of({ choices: [{}] }), 'returned nothing', 1],
		[
			'a choice that reports an error',
			of(completion('', { finish_reason: 'error', error: exploded })),
			'exploded',
			2,
		],
		[
			'a choice with half a text and an error',
			of(completion('Half', { finish_reason: 'error', error: exploded })),
			'exploded',
			2,
		],
		['a choice with an error that stays', of(completion('', { error: invalid })), 'Bad prompt', 1],
		[
			'an error beside an empty choice',
			of({ error: exploded, ...completion('', { finish_reason: null }) }),
			'exploded',
			2,
		],
		[
			'an error event behind a text',
			of(events([HELLO[0], { error: exploded }], '\n\n', '')),
			'exploded',
			2,
		],
		[
			'a stream without its end',
			of(events([HELLO[0]], '\n\n', '')),
			'ended before it was complete',
			2,
		],
		[
			'a stream with a broken part',
			of(`data: {"choices":[{"del\n\n${events([HELLO[0]], '\n\n', '')}`),
			'arrived damaged',
			2,
		],
		[
			'JSON Lines that are cut',
			of(`${JSON.stringify(HELLO[0])}\n{"choices":[`),
			'arrived damaged',
			2,
		],
		[
			'a body with 429',
			of({ error: { code: 429, message: 'Rate limit: retry in a second' } }),
			'Rate limit',
			2,
		],
		['a body with 504 as text', of({ error: { code: '504', message: 'Slow' } }), 'Slow', 2],
		[
			'a body with a status beside its message',
			of({ statusCode: 503, message: 'Down' }),
			'Down',
			2,
		],
		[
			'a body with a word for its status',
			of({ error: { type: 'overloaded_error', message: 'Over' } }),
			'Over',
			2,
		],
		[
			'a body with nothing but a message',
			of({ message: 'Something is off' }),
			'Something is off',
			1,
		],
		['a body that says no', of({ success: false, detail: 'Not today' }), 'Not today', 1],
		[
			'a page that names a status',
			of('<html><title>502 Bad Gateway</title></html>', 'text/html'),
			'502 Bad Gateway',
			2,
		],
	])(
		'an answer without content or with an error is an error: %s',
		async (_, answer, message, sent) => {
			const result = await ask([answer]);
			expect(result.jsons).toHaveLength(1);
			expect(result.json.error.message).toContain(message);
			expect(result.sent).toHaveLength(sent);
		},
	);

	test('the error of a failed answer has the text that had arrived', async () => {
		const { json } = await ask([of(events([HELLO[0]], '\n\n', ''))]);
		expect(json.error.text).toBe('Hello');
	});

	test('a retry that helps leaves no trace on the item', async () => {
		const { json, sent } = await ask([of({ error: { code: 502, message: 'x' } }), GOOD]);
		expect(json.text).toBe('fine');
		expect(sent).toHaveLength(2);
	});

	test.each<[string, Reply]>([
		['an empty answer', of(completion(''))],
		['an error with a code', of({ error: { code: 502, message: 'x' } })],
		['an error without one', of({ error: { message: 'x' } })],
		[
			'a model that the key may not use',
			{ status: 500, body: { message: '400 Unable to access model a.' } },
		],
	])('a fallback model is asked after %s', async (_, answer) => {
		const options = { maxRetries: 0, fallbackModels: ['b'] };
		const { json, sent } = await ask([answer, GOOD], { fields: { options } });
		expect(json).toMatchObject({ text: 'fine', fallback: { insteadOf: 'openai/gpt-4o-mini' } });
		expect(sent.map(({ body }) => body!.model)).toEqual(['openai/gpt-4o-mini', 'b']);
	});
});

test('a failed choice leaves the other choices of the answer alone', async () => {
	const [good] = completion('fine').choices;
	const bad = {
		index: 1,
		finish_reason: 'error',
		error: { message: 'No' },
		message: { content: '' },
	};
	const { jsons } = await ask([of({ id: 'c', choices: [bad, good], usage: { total_tokens: 3 } })]);
	expect(jsons[0].error.message).toBe('No');
	expect(jsons[1]).toMatchObject({ text: 'fine', usage: { totalTokens: 3 } });
});

test('usage and cost beside an answer in an envelope are on the item', async () => {
	const beside = { usage: { total_tokens: 3 }, meta: { usage: { usd_spent: 0.5 } } };
	const { json } = await ask([of({ code: 0, data: completion('fine'), ...beside })]);
	expect(json).toMatchObject({ text: 'fine', usage: { totalTokens: 3 }, cost: { usd: 0.5 } });
});

test('the error of an answer that only reasoned has its reasoning', async () => {
	const message = { content: null, reasoning_content: 'The answer is 5.' };
	const { json } = await ask([of({ choices: [{ finish_reason: 'stop', message }] })]);
	expect(json.error.reasoning).toBe('The answer is 5.');
});

describe('JSON that was asked for', () => {
	const fields: INodeParameters = { responseFormat: 'json_object' };

	test('invalid JSON in one choice leaves the other choices alone', async () => {
		const choices = ['No', '{"a":1}'].map((content, index) => ({
			...completion(content).choices[0],
			index,
		}));
		const options = { repairJson: false };
		const answer = of({ id: 'c', choices, usage: { total_tokens: 3 } });
		const { jsons } = await ask([answer], { fields: { ...fields, options } });
		expect(jsons).toEqual([
			{ error: expect.objectContaining({ text: 'No', finishReason: 'stop' }) },
			expect.objectContaining({ json: { a: 1 }, usage: { totalTokens: 3 } }),
		]);
		expect(jsons[0].error).not.toHaveProperty('usage');
	});

	test('the error of a failed correction has the text to correct', async () => {
		const { json } = await ask([of(completion('No')), { status: 400, body: { message: 'Stop' } }], {
			fields,
		});
		expect(json.error).toMatchObject({ message: 'Stop', text: 'No' });
	});

	test('an answer that was filtered is not sent back', async () => {
		const filtered = of(completion('', { finish_reason: 'content_filter' }));
		const { json, sent } = await ask([filtered], { fields });
		expect(sent).toHaveLength(1);
		expect(json.error).toMatchObject({ finishReason: 'content_filter' });
		expect(json.error.description).toContain('nothing (content_filter)');
	});

	test.each(['={{ undefined }}', '={{ "json" }}'])(
		"nothing is sent with the 'Response Format' %j",
		async (responseFormat) => {
			const { json, sent } = await ask([GOOD], { fields: { responseFormat } });
			expect(sent).toEqual([]);
			expect(json.error.message).toContain("'Response Format' must be one of text, json_object");
		},
	);
});

test.each<[string, Buffer, string]>([
	['is cut', zlib.gzipSync(JSON.stringify(completion('fine'))).subarray(0, 40), 'broke before'],
	['unpacks without end', zlib.gzipSync(Buffer.alloc(101_000_000, ' ')), 'larger than 100 MB'],
])('a gzip answer that %s is an error', async (_, body, message) => {
	const { json } = await ask([of(body)]);
	expect(json.error.message).toContain(message);
});

/** A frame with the text in one block that isn't compressed, as RFC 8878 allows. */
function asZstd(text: string): Buffer {
	const content = Buffer.from(text);
	const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0, 0, 0, 0]);
	frame.writeUInt32LE(content.length, 5);
	frame.writeUIntLE((content.length << 3) | 1, 9, 3);
	return Buffer.concat([frame, content]);
}

test('an answer in zstd is read where Node.js unpacks it, and requested once more elsewhere', async () => {
	const { json, sent } = await ask([compressed(asZstd(GREETING), 'zstd'), GOOD]);
	const canUnpack = 'createZstdDecompress' in zlib;
	if (canUnpack) expect(json.text).toBe('Grüße');
	else expect([json.text, sent.length]).toEqual(['fine', 2]);
});

test.each([
	['400 Unable to access model gpt-4o-mini. ', 'Choose another one'],
	['key not allowed to access model', 'Choose another one'],
	['400 Bad request', 'rejected the request'],
])('a refusal under HTTP 500 is not requested again: %s', async (message, advice) => {
	const { json, sent } = await ask([{ status: 500, body: { statusCode: 500, message } }]);
	expect(sent).toHaveLength(1);
	expect(json.error.message).toBe(message.trim());
	expect(json.error.description).toContain(advice);
});

test('a page under 413 does not hide that the request is too large', async () => {
	const page = '<html><head><title>413 Request Entity Too Large</title></head></html>';
	const { json } = await ask([{ status: 413, ...of(page, 'text/html') }]);
	expect(json.error.description).toContain('Send smaller or fewer files');
});

test('a voice message is sent under its type without parameters', async () => {
	const ogg = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('OpusHead')]);
	const data = ogg.toString('base64');
	const voice = { data, mimeType: 'audio/ogg; codecs=opus', fileName: 'voice.ogg' };
	const { sent } = await ask([GOOD], {
		items: [{ json: {}, binary: { voice } }],
		messages: 'What is said?',
		fields: { attachments: { values: [{ source: 'binary', binaryPropertyName: 'voice' }] } },
	});
	const audio = { type: 'input_audio', input_audio: { data, format: 'ogg' } };
	expect(sent[0].body!.messages).toEqual([
		{ role: 'user', content: [{ type: 'text', text: 'What is said?' }, audio] },
	]);
});

test('a prompt of 50 MB is sent whole', async () => {
	const LENGTH = 50_000_000;
	const messages = `={{ 'x'.repeat(${LENGTH}) }}`;
	const { json, sent } = await ask([GOOD], { messages });
	expect(json.text).toBe('fine');
	const [{ content }] = sent[0].body!.messages as Array<{ content: string }>;
	expect(content).toHaveLength(LENGTH);
});

test("a negative cost does not raise 'Cost Limit'", async () => {
	const answer = (usd: number) =>
		of({ ...completion('fine'), meta: { usage: { usd_spent: usd } } });
	const { jsons, sent } = await ask([answer(-5), answer(2), answer(2), answer(2)], {
		items: [0, 1, 2, 3].map((number) => ({ json: { number } })),
		fields: { options: { costLimit: 3, itemsInParallel: 1 } },
	});
	expect(sent).toHaveLength(3);
	expect(jsons[3].error.message).toContain('The cost limit of');
});

test.each([
	['words around its fence', 'Here you go:\n```json\n{"a":1}\n```\nBye'],
	['a fence on one line', '```json {"a":1} ```'],
	['a mark in front', '\ufeff{"a":1}'],
	['an encoding too much', '"{\\"a\\":1}"'],
])('valid JSON with %s is not paid for twice', async (_, content) => {
	const fields = { responseFormat: 'json_schema', jsonSchemaExample: '{"a":1}' };
	const { json, sent } = await ask([of(completion(content))], { fields });
	expect(json.json).toEqual({ a: 1 });
	expect(sent).toHaveLength(1);
});

test('half a character is sent as U+FFFD', async () => {
	const { sent } = await ask([GOOD], { messages: 'cut here \ud83d' });
	expect(sent[0].body!.messages).toEqual([{ role: 'user', content: 'cut here \ufffd' }]);
});

test.each<[string, unknown, string]>([
	['an object', { a: 1 }, 'an object'],
	['a list with one', ['x', { a: 1 }], 'an object'],
	['NaN', NaN, 'NaN'],
])('%s as the text to embed is refused before it is sent', async (_, input, arrived) => {
	api.answer(reply(GOOD));
	const { error } = await runOperation(api, {
		resource: 'embedding',
		operation: 'create',
		model: 'm',
		items: [{ json: { input } as never }],
		fields: { input: '={{ $json.input }}' },
	});
	expect(error?.message).toContain(`'Input' must be text, but is ${arrived}`);
	expect(api.requests).toEqual([]);
});
