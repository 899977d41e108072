import fc from 'fast-check';
import { parseChoices } from '../../../../nodes/shared/chat/completion';
import { foldChunks } from '../../../../nodes/shared/chat/stream';
import { EventParser } from '../../../../nodes/shared/transport/eventParser';

type Chunk = Record<string, unknown>;

const chunk = (delta: object | undefined, more: object = {}, choice: object = {}): Chunk => ({
	id: 'chatcmpl-1',
	object: 'chat.completion.chunk',
	created: 1,
	model: 'openai/gpt-4o',
	choices: [{ index: 0, ...(delta && { delta }), finish_reason: null, ...choice }],
	...more,
});
const stream = (chunks: unknown[], newline = '\n', end = 'data: [DONE]') =>
	[...chunks.map((one) => `data: ${JSON.stringify(one)}`), end]
		.map((event) => event + newline + newline)
		.join('');
const last = (finish_reason: string, more?: object) => chunk({}, more, { finish_reason });
/** The completion that the text of a stream amounts to. */
function foldEventStream(text: string) {
	const parser = new EventParser();
	return foldChunks([...parser.push(Buffer.from(text)), ...parser.end()]);
}
const fold = (...chunks: unknown[]) => foldEventStream(stream(chunks));
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

describe('what streams have been seen to do', () => {
	test.each<[string, string]>([
		['lines end with CR and LF', stream(hello, '\r\n')],
		['there is no [DONE]', stream(hello, '\n', '')],
		['the last event has no blank line behind it', stream(hello, '\n', '').trimEnd()],
		['there is no space behind the colon', stream(hello).replaceAll('data: ', 'data:')],
		['comments keep the connection alive', `: ping\n\n${stream(hello)}`],
		[
			'events have a name and an id',
			stream(hello).replaceAll('data: ', 'event: message\nid: 1\ndata: '),
		],
		['an event is broken', `data: {"choices":[{"delta":\n\n${stream(hello)}`],
		['an event is no object', `data: 5\n\ndata: null\n\ndata: []\n\n${stream(hello)}`],
		['an event spans two lines', stream(hello).replaceAll(',"object"', ',\ndata: "object"')],
		[
			'the last chunk has no delta',
			stream([...hello.slice(0, 3), chunk(undefined, {}, { finish_reason: 'stop' })]),
		],
		[
			'the content is null between its parts',
			stream([hello[0], hello[1], chunk({ content: null }), hello[2], hello[3]]),
		],
		['the reason to end is said once more as null', stream([...hello, chunk({})])],
	])('streams are read: %s', (_, text) => {
		expect(foldEventStream(text)?.choices).toEqual(helloChoices);
	});

	test('usage is null on every chunk but the last, which has no choices', () => {
		const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
		const chunks = hello.map((one) => ({ ...one, usage: null }));
		expect(fold(...chunks, { ...chunk({}), choices: [], usage })).toMatchObject({
			usage,
			choices: helloChoices,
		});
	});

	test('the id is empty on some chunks', () => {
		expect(fold(hello[0], { ...hello[1], id: '' }, hello[2])).toMatchObject({ id: 'chatcmpl-1' });
	});

	test('the cost stands in the last chunk', () => {
		const meta = { usage: { credits_used: 10, usd_spent: 0.000005 } };
		expect(fold(...hello, last('stop', { meta }))).toMatchObject({ meta });
	});

	test('sources stand in any chunk', () => {
		const citations = ['https://a.example'];
		expect(fold({ ...hello[0], citations }, ...hello.slice(1))).toMatchObject({ citations });
	});
});

test('reasoning is put together like the text, apart from it', () => {
	const deltas = [{ reasoning_content: 'be' }, { reasoning_content: 'cause' }, { content: 'A' }];
	expect(messageOf(...deltas.map((delta) => chunk(delta)))).toEqual({
		role: 'assistant',
		content: 'A',
		reasoning_content: 'because',
	});
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

test('tool arguments that come as an object are kept', () => {
	const call = { index: 0, id: 'a', function: { name: 'f', arguments: { city: 'Oslo' } } };
	expect(parseChoices(fold(chunk({ tool_calls: [call] })))[0].toolCalls).toEqual([
		{ id: 'a', name: 'f', arguments: { city: 'Oslo' } },
	]);
});

test.each(['', '{"choices":[]}', '<html></html>', 'data: [DONE]\n\n', ': ping\n\n', 'data:\n\n'])(
	'%j is no stream of a completion',
	(text) => {
		expect(foldEventStream(text)).toBeUndefined();
	},
);

test('however a text is cut into chunks, it comes out whole', () => {
	const pieces = fc.array(fc.string({ unit: 'binary', maxLength: 5 }));
	fc.assert(
		fc.property(pieces, pieces, fc.constantFrom('\n', '\r\n'), (texts, thoughts, newline) => {
			const chunks = [
				...thoughts.map((reasoning) => chunk({ reasoning })),
				...texts.map((content) => chunk({ content })),
				last('stop'),
			];
			const [{ message }] = foldEventStream(stream(chunks, newline))?.choices as [
				{ message: Chunk },
			];
			expect(message.content).toBe(texts.join(''));
			expect(message.reasoning ?? '').toBe(thoughts.join(''));
		}),
	);
});

test('however tool arguments are cut into fragments, they come out whole', () => {
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

test('no events whatever make the reader fail', () => {
	const junk = fc.oneof(
		fc.jsonValue(),
		fc.record({
			choices: fc.array(
				fc.oneof(fc.jsonValue(), fc.record({ index: fc.jsonValue(), delta: fc.jsonValue() })),
			),
		}),
	);
	fc.assert(
		fc.property(fc.array(junk), fc.string(), (events, noise) => {
			const folded = foldEventStream(noise + stream(events));
			if (folded) expect(Array.isArray(folded.choices)).toBe(true);
		}),
	);
});

test('wherever the bytes are cut, the events are the same', () => {
	const text = stream([chunk({ content: 'Grüße 👋' }), ...hello], '\r\n');
	const bytes = Buffer.from(text);
	const whole = new EventParser().push(bytes);
	fc.assert(
		fc.property(fc.array(fc.nat(bytes.length)), (places) => {
			const cuts = [0, ...places.sort((a, b) => a - b), bytes.length];
			const parser = new EventParser();
			const events = cuts
				.slice(1)
				.flatMap((cut, index) => parser.push(bytes.subarray(cuts[index], cut)));
			expect([...events, ...parser.end()]).toEqual(whole);
			expect(parser.isDone).toBe(true);
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
