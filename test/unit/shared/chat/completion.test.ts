import { parseChoices, parseCitations } from '../../../../nodes/shared/chat/completion';

const choice = (message: object, more: object = { finish_reason: 'stop' }) => ({
	index: 0,
	message,
	...more,
});
const read = (message: object, more?: object) =>
	parseChoices({ choices: [choice(message, more)] })[0];

test.each<[string, object, string]>([
	['text', { content: 'Hello' }, 'Hello'],
	['null, as beside tool calls', { content: null }, ''],
	['an empty text', { content: '' }, ''],
	['nothing at all', {}, ''],
	[
		'a list of parts',
		{
			content: [
				{ type: 'text', text: 'Hel' },
				{ type: 'text', text: 'lo' },
			],
		},
		'Hello',
	],
	[
		'a list with other parts',
		{ content: [{ type: 'tool_use', id: 'x' }, null, { type: 'text', text: 'Hi' }] },
		'Hi',
	],
	['a refusal', { content: null, refusal: "I can't" }, "I can't"],
	['a refusal beside empty text', { content: '', refusal: "I can't" }, "I can't"],
	['text beside a refusal that is null', { content: 'Hello', refusal: null }, 'Hello'],
	['speech', { content: null, audio: { data: 'Qg==', transcript: 'Hello' } }, 'Hello'],
	['a part with its text as content', { content: [{ type: 'text', content: 'Hello' }] }, 'Hello'],
])('the text of an answer is read from %s', (_, message, text) => {
	expect(read(message).text).toBe(text);
});

describe('the reasoning', () => {
	test.each<[string, object]>([
		['reasoning', { content: 'A', reasoning: 'because' }],
		['tags before the answer', { content: '<think>\nbecause\n</think>\n\nA' }],
		[
			'parts of the content',
			{
				content: [
					{ type: 'thinking', thinking: 'because' },
					{ type: 'text', text: 'A' },
				],
			},
		],
		...['reasoning_text', 'reasoning.text', 'thought'].map((type): [string, object] => [
			`a part of the type ${type}`,
			{
				content: [
					{ type, text: 'because' },
					{ type: 'text', text: 'A' },
				],
			},
		]),
		["parts with Google's mark", { content: [{ text: 'because', thought: true }, { text: 'A' }] }],
		['thinking', { content: 'A', thinking: 'because' }],
		[
			'signed blocks',
			{
				content: 'A',
				thinking_blocks: [{ type: 'thinking', thinking: 'because', signature: 's' }],
			},
		],
	])('the reasoning is read from %s, and the text is free of it', (_, message) => {
		expect(read(message)).toEqual({ text: 'A', reasoning: 'because', finishReason: 'stop' });
	});

	test.each<[string, object]>([
		['is empty', { content: 'A', reasoning: '' }],
		['has empty tags', { content: '<think>\n\n</think>A' }],
		['is absent', { content: 'A' }],
	])('the reasoning is left out when it %s', (_, message) => {
		expect(read(message)).toEqual({ text: 'A', finishReason: 'stop' });
	});

	test.each([
		'<think>cut off',
		'Write <think>x</think> like this',
		'Write\n<think>\nx\n</think>\nlike this',
	])('the text %j is left as it is, without reasoning', (content) => {
		expect(read({ content })).toEqual({ text: content, finishReason: 'stop' });
	});
});

describe('tool calls', () => {
	const callWith = (args: unknown) => ({
		id: 'call_1',
		type: 'function',
		function: { name: 'f', arguments: args },
	});
	const argumentsOf = (args: unknown) =>
		read({ content: null, tool_calls: [callWith(args)] }).toolCalls;

	test.each<[string, unknown, unknown]>([
		['arguments in JSON are parsed', '{"city":"Oslo"}', { city: 'Oslo' }],
		['no arguments are an empty object', '', {}],
		['missing arguments are an empty object', undefined, {}],
		['null is an empty object', 'null', {}],
		['arguments that are an object already are kept', { city: 'Oslo' }, { city: 'Oslo' }],
		['broken arguments are kept as the text they are', '{"city":"Os', '{"city":"Os'],
	])('tool calls are read: %s', (_, args, parsed) => {
		expect(argumentsOf(args)).toEqual([{ id: 'call_1', name: 'f', arguments: parsed }]);
	});

	test('tool calls of custom tools are read with their input', () => {
		const call = { id: 'c', type: 'custom', custom: { name: 'sql', input: 'SELECT 1' } };
		expect(read({ tool_calls: [call] }).toolCalls).toEqual([
			{ id: 'c', name: 'sql', arguments: 'SELECT 1' },
		]);
	});

	test.each<[string, object]>([
		[
			'a part of the content',
			{ content: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: '{"a":1}' }] },
		],
		[
			'a call that is not in a list',
			{ tool_calls: { id: 'c', function: { name: 'f', arguments: '{"a":1}' } } },
		],
		['a call with parameters', { tool_calls: [{ id: 'c', name: 'f', parameters: { a: 1 } }] }],
	])('tool calls are read from %s', (_, message) => {
		expect(read(message).toolCalls).toEqual([{ id: 'c', name: 'f', arguments: { a: 1 } }]);
	});

	test('tool calls stay in their order', () => {
		const names = ['b', 'a'].map((name) => ({ id: name, function: { name, arguments: '{}' } }));
		expect(read({ tool_calls: names }).toolCalls?.map(({ name }) => name)).toEqual(['b', 'a']);
	});

	test.each([[null], [[]], ['none'], [undefined]])(
		'there are no tool calls when the API has %j',
		(tool_calls) => {
			expect(read({ content: 'A', tool_calls })).not.toHaveProperty('toolCalls');
		},
	);
});

test.each([
	['stop', 'stop'],
	['length', 'length'],
	['end_turn', 'end_turn'],
	[null, 'unknown'],
	[undefined, 'unknown'],
	['null', 'unknown'],
])('the finish reason %j becomes %j', (finish_reason, told) => {
	expect(read({ content: 'A' }, { finish_reason }).finishReason).toBe(told);
});

test.each(['finishReason', 'native_finish_reason', 'stop_reason'])(
	'the finish reason is also read from %s',
	(name) => {
		const more = { finish_reason: null, [name]: 'MAX_TOKENS' };
		expect(read({ content: 'A' }, more).finishReason).toBe('MAX_TOKENS');
	},
);

test.each(['search_result', 'web_search_result', 'source', 'link', 'reference'])(
	'a part of the type %s is not a file, although it has a URL',
	(type) => {
		const content = [
			{ type, url: 'https://a.example' },
			{ type: 'text', text: 'A' },
		];
		expect(read({ content })).toEqual({ text: 'A', finishReason: 'stop' });
	},
);

test('each choice is an answer of its own', () => {
	const choices = ['A', 'B'].map((content) => choice({ content }));
	expect(parseChoices({ choices }).map(({ text }) => text)).toEqual(['A', 'B']);
});

test.each([
	[undefined],
	[null],
	['text'],
	[{}],
	[{ choices: null }],
	[{ choices: [] }],
	[{ choices: ['x'] }],
])('%j has no answer', (body) => {
	expect(parseChoices(body)).toEqual([]);
});

test('a choice without a message is an empty answer', () => {
	expect(parseChoices({ choices: [{ finish_reason: 'content_filter' }] })).toEqual([
		{ text: '', finishReason: 'content_filter' },
	]);
});

describe('sources of an answer', () => {
	const source = { url: 'https://a.example', title: 'A' };

	test.each<[string, unknown, object[]]>([
		[
			'search results',
			{ search_results: [{ ...source, date: '2026-01-01' }], citations: ['https://a.example'] },
			[source],
		],
		[
			'citations',
			{ search_results: [], citations: ['https://a.example', 'https://b.example'] },
			[{ url: 'https://a.example' }, { url: 'https://b.example' }],
		],
		[
			'annotations of the message',
			{ choices: [choice({ annotations: [{ type: 'url_citation', url_citation: source }] })] },
			[source],
		],
		['citations of the message', { choices: [choice({ citations: [source] })] }, [source]],
		[
			'a part of the content',
			{ choices: [choice({ content: [{ type: 'text', text: 'A', citations: [source] }] })] },
			[source],
		],
		[
			'sources without a title',
			{ citations: [{ url: 'https://a.example', title: '' }] },
			[{ url: 'https://a.example' }],
		],
		[
			'sources among others that say nothing',
			{ citations: [null, {}, { url: 5 }, 'https://a.example'] },
			[{ url: 'https://a.example' }],
		],
	])('sources of an answer are read from %s', (_, completion, citations) => {
		expect(parseCitations(completion)).toEqual(citations);
	});

	test.each([[null], ['x'], [{}], [{ citations: null }], [{ choices: [] }], [{ choices: [null] }]])(
		'%j has no sources',
		(completion) => {
			expect(parseCitations(completion)).toEqual([]);
		},
	);
});
