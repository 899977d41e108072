import fc from 'fast-check';
import { parseChoices } from '../../../../nodes/shared/chat/completion';
import { endsAnswer, foldChunks, textOfChunk } from '../../../../nodes/shared/chat/stream';

type Chunk = Record<string, unknown>;

const chunk = (delta: object | undefined, more: object = {}, choice: object = {}): Chunk => ({
	id: 'chatcmpl-1',
	object: 'chat.completion.chunk',
	created: 1,
	model: 'openai/gpt-4o',
	choices: [{ index: 0, ...(delta && { delta }), finish_reason: null, ...choice }],
	...more,
});
const last = (finish_reason: string, more?: object) => chunk({}, more, { finish_reason });
const fold = (...chunks: unknown[]) => foldChunks(chunks as Chunk[]);
const messageOf = (...chunks: unknown[]) =>
	(fold(...chunks)?.choices as Array<{ message: unknown }> | undefined)?.[0].message;

const hello = [
	chunk({ role: 'assistant', content: '' }),
	chunk({ content: 'Hel' }),
	chunk({ content: 'lo' }),
	last('stop'),
];
const helloChoices = [
	{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' },
];

test('a streamed completion reads like one that was not streamed', () => {
	expect(fold(...hello)).toEqual({
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1,
		model: 'openai/gpt-4o',
		choices: helloChoices,
	});
});

describe('deviations in streams', () => {
	test.each<[string, Chunk[]]>([
		[
			'the last chunk has no delta',
			[...hello.slice(0, 3), chunk(undefined, {}, { finish_reason: 'stop' })],
		],
		[
			'the content is null between its parts',
			[hello[0], hello[1], chunk({ content: null }), hello[2], hello[3]],
		],
		['the finish reason comes once more as null', [...hello, chunk({})]],
	])('a stream is read although %s', (_, chunks) => {
		expect(fold(...chunks)?.choices).toEqual(helloChoices);
	});

	test('usage that is null on every chunk but the last is read', () => {
		const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
		const chunks = hello.map((one) => ({ ...one, usage: null }));
		expect(fold(...chunks, { ...chunk({}), choices: [], usage })).toMatchObject({
			usage,
			choices: helloChoices,
		});
	});

	test('an ID that is empty on some chunks is read from the others', () => {
		expect(fold(hello[0], { ...hello[1], id: '' }, hello[2])).toMatchObject({ id: 'chatcmpl-1' });
	});

	test('the cost is read from the last chunk', () => {
		const meta = { usage: { credits_used: 10, usd_spent: 0.000005 } };
		expect(fold(...hello, last('stop', { meta }))).toMatchObject({ meta });
	});

	test('sources are read from any chunk', () => {
		const citations = ['https://a.example'];
		expect(fold({ ...hello[0], citations }, ...hello.slice(1))).toMatchObject({ citations });
	});
});

test('reasoning is joined like the text, and apart from it', () => {
	const deltas = [{ reasoning_content: 'be' }, { reasoning_content: 'cause' }, { content: 'A' }];
	expect(messageOf(...deltas.map((delta) => chunk(delta)))).toEqual({
		role: 'assistant',
		content: 'A',
		reasoning_content: 'because',
	});
});

test.each<[string, object[], object[]]>([
	[
		'reasoning in parts',
		[
			{ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] },
			{ content: 'Hel' },
			{ content: [{ type: 'text', text: 'l' }] },
			{ content: 'o' },
		],
		[{ text: 'Hello', reasoning: 'Hm.', finishReason: 'unknown' }],
	],
	[
		'reasoning in text parts',
		[
			{ content: [{ type: 'reasoning_text', text: 'Hm' }] },
			{ content: [{ text: '.', thought: true }] },
			{ content: [{ text: 'Hello' }] },
		],
		[{ text: 'Hello', reasoning: 'Hm.', finishReason: 'unknown' }],
	],
	[
		'a file without a type',
		[
			{ content: [{ inline_data: { mime_type: 'image/png', data: 'iVBORw0KGgoAAAAN' } }] },
			{ content: 'Hello' },
		],
		[
			{
				text: 'Hello',
				files: [{ base64: 'iVBORw0KGgoAAAAN', mimeType: 'image/png' }],
				finishReason: 'unknown',
			},
		],
	],
	[
		'an image',
		[
			{ content: { type: 'image_url', image_url: { url: 'https://a.example/1.png' } } },
			{ content: 'Here ' },
			{ content: 'it is' },
		],
		[
			{
				text: 'Here it is',
				files: [{ url: 'https://a.example/1.png' }],
				finishReason: 'unknown',
			},
		],
	],
])('text that streams after %s is joined', (_, deltas, answers) => {
	expect(parseChoices(fold(...deltas.map((delta) => chunk(delta))))).toEqual(answers);
});

test('several choices in one stream stay apart and in order', () => {
	const of = (index: number, content: string) => chunk({ content }, {}, { index });
	const folded = fold(of(1, 'x'), of(0, 'a'), of(1, 'y'), of(0, 'b'));
	expect(parseChoices(folded).map(({ text }) => text)).toEqual(['ab', 'xy']);
});

test('two tool calls that stream at the same time stay apart', () => {
	const part = (index: number, more: object) => chunk({ tool_calls: [{ index, ...more }] });
	const folded = fold(
		part(0, { id: 'call_a', type: 'function', function: { name: 'weather', arguments: '' } }),
		part(1, { id: 'call_b', type: 'function', function: { name: 'time', arguments: '{"zo' } }),
		part(0, { function: { arguments: '{"city":' } }),
		part(1, { function: { arguments: 'ne":1}' } }),
		part(0, { id: null, function: { name: null, arguments: '"Oslo"}' } }),
		last('tool_calls'),
	);
	expect(parseChoices(folded)).toEqual([
		{
			text: '',
			toolCalls: [
				{ id: 'call_a', name: 'weather', arguments: { city: 'Oslo' } },
				{ id: 'call_b', name: 'time', arguments: { zone: 1 } },
			],
			finishReason: 'tool_calls',
		},
	]);
});

test.each<[string, object[]]>([
	[
		'a new ID in each fragment',
		[
			{ tool_calls: [{ index: 0, id: 'a', function: { name: 'weather', arguments: '' } }] },
			{ tool_calls: [{ index: 0, id: 'b', function: { arguments: '{"city":' } }] },
			{ tool_calls: [{ index: 0, id: 'c', function: { arguments: '"Oslo"}' } }] },
		],
	],
	[
		'its ID before its name',
		[
			{ tool_calls: [{ index: 0, id: 'a' }] },
			{ tool_calls: [{ index: 0, function: { name: 'weather', arguments: '{"city":"Oslo"}' } }] },
		],
	],
])('a tool call with %s is one call', (_, deltas) => {
	expect(parseChoices(fold(...deltas.map((delta) => chunk(delta))))[0].toolCalls).toEqual([
		{ id: 'a', name: 'weather', arguments: { city: 'Oslo' } },
	]);
});

test('the older function call is joined from its fragments', () => {
	const called = [
		{ name: 'weather', arguments: '' },
		{ arguments: '{"city":' },
		{ arguments: '1}' },
	];
	const folded = fold(...called.map((function_call) => chunk({ function_call })));
	expect(parseChoices(folded)[0].toolCalls).toEqual([
		{ id: '', name: 'weather', arguments: { city: 1 } },
	]);
});

test('tool arguments that come as an object are kept', () => {
	const call = { index: 0, id: 'a', function: { name: 'f', arguments: { city: 'Oslo' } } };
	expect(parseChoices(fold(chunk({ tool_calls: [call] })))[0].toolCalls).toEqual([
		{ id: 'a', name: 'f', arguments: { city: 'Oslo' } },
	]);
});

test.each<[string, object, object]>([
	['a custom tool', { custom: { name: 'sql', input: 'SELECT' } }, { custom: { input: ' 1' } }],
	['no object around the name', { name: 'sql', arguments: 'SELECT' }, { arguments: ' 1' }],
])('a tool call with %s is joined from its fragments', (_, first, second) => {
	const folded = fold(
		chunk({ tool_calls: [{ index: 0, id: 'a', ...first }] }),
		chunk({ tool_calls: [{ index: 0, ...second }] }),
	);
	expect(parseChoices(folded)[0].toolCalls).toEqual([
		{ id: 'a', name: 'sql', arguments: 'SELECT 1' },
	]);
});

test('a delta that is a text is added to the content', () => {
	const choices = ['Hel', 'lo'].map((delta) => ({ choices: [{ index: 0, delta }] }));
	expect(parseChoices(fold(...choices))[0].text).toBe('Hello');
	expect((choices as Chunk[]).map(textOfChunk)).toEqual(['Hel', 'lo']);
});

test('an index that is a text keeps choices apart', () => {
	const of = (index: string, content: string) => chunk({ content }, {}, { index });
	const folded = fold(of('0', 'a'), of('1', 'x'), of('0', 'b'));
	expect(parseChoices(folded).map(({ text }) => text)).toEqual(['ab', 'x']);
});

test("the finish reason 'null' does not end an answer", () => {
	expect(endsAnswer(chunk({ content: 'Hel' }, {}, { finish_reason: 'null' }))).toBe(false);
	expect(endsAnswer(last('stop'))).toBe(true);
});

test('a stream without chunks has no completion', () => {
	expect(fold()).toBeUndefined();
});

test('a text is joined whole, however it is cut into chunks', () => {
	const pieces = fc.array(fc.string({ unit: 'binary', maxLength: 5 }));
	fc.assert(
		fc.property(pieces, pieces, (texts, thoughts) => {
			const chunks = [
				...thoughts.map((reasoning) => chunk({ reasoning })),
				...texts.map((content) => chunk({ content })),
				last('stop'),
			];
			const message = messageOf(...chunks) as Chunk;
			expect(message.content).toBe(texts.join(''));
			expect(message.reasoning ?? '').toBe(thoughts.join(''));
		}),
	);
});

test('tool arguments are joined whole, however they are cut', () => {
	const cuts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 5 });
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.jsonValue()), cuts, (args, places) => {
			const text = JSON.stringify(args);
			const edges = [0, ...places.filter((place) => place < text.length), text.length].sort(
				(a, b) => a - b,
			);
			const fragments = edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
			const chunks = fragments.map((fragment) =>
				chunk({ tool_calls: [{ index: 0, function: { arguments: fragment } }] }),
			);
			expect(parseChoices(fold(...chunks))[0].toolCalls?.[0].arguments).toEqual(JSON.parse(text));
		}),
	);
});

test('chunks of any form can be folded', () => {
	const junk = fc.oneof(
		fc.dictionary(fc.string(), fc.jsonValue()),
		fc.record({
			choices: fc.array(
				fc.oneof(fc.jsonValue(), fc.record({ index: fc.jsonValue(), delta: fc.jsonValue() })),
			),
		}),
	);
	fc.assert(
		fc.property(fc.array(junk), (events) => {
			const folded = fold(...events);
			if (folded) expect(Array.isArray(folded.choices)).toBe(true);
		}),
	);
});

test('signed details of reasoning grow by type and index', () => {
	const detail = (more: object) => ({ type: 'reasoning.text', index: 0, ...more });
	const message = messageOf(
		chunk({ reasoning_details: [detail({ text: 'Let ' })] }),
		chunk({ reasoning_details: [detail({ text: 'me see.', signature: null })] }),
		chunk({ reasoning_details: [detail({ signature: 'abc' })] }),
		chunk({ reasoning_details: [{ type: 'reasoning.encrypted', index: 1, data: 'xyz' }] }),
		last('stop'),
	);
	expect(message).toMatchObject({
		reasoning_details: [
			detail({ text: 'Let me see.', signature: 'abc' }),
			{ type: 'reasoning.encrypted', index: 1, data: 'xyz' },
		],
	});
});
