import fc from 'fast-check';
import { parseMessages } from '../../../../nodes/shared/chat/messages';
import { InputError } from '../../../../nodes/shared/errors/InputError';

const message = (role: string, content: unknown, more: object = {}) => ({ role, content, ...more });
const hello = message('user', 'Hello');
const entries = (...values: unknown[]) => ({ values });

describe('messages are read', () => {
	test('messages are read from the entries of the field', () => {
		expect(parseMessages(entries(message('system', 'Be brief'), hello))).toEqual([
			{ role: 'system', content: 'Be brief' },
			{ role: 'user', content: 'Hello' },
		]);
	});

	test('messages are read from a whole list given by expression', () => {
		expect(parseMessages([hello])).toEqual([hello]);
	});

	test('messages are read from a list written as JSON', () => {
		expect(parseMessages(' [{"role":"user","content":"Hello"}]')).toEqual([hello]);
	});

	test('the entry of an empty chat history is left out', () => {
		expect(parseMessages(entries(message('user', []), message('user', 'Hi')))).toEqual([
			message('user', 'Hi'),
		]);
	});

	test('a chat history takes the place of its entry', () => {
		const history = [message('user', '1'), message('assistant', '2')];
		expect(
			parseMessages(
				entries(message('system', 'S'), message('user', history), message('user', '3')),
			),
		).toEqual([message('system', 'S'), ...history, message('user', '3')]);
	});

	test('further properties of messages are kept', () => {
		const named = message('user', 'Hello', { name: 'ada', cache_control: { type: 'ephemeral' } });
		expect(parseMessages([named])).toEqual([named]);
	});

	test.each([
		['text as it stands, blanks included', '  a\n', '  a\n'],
		['a number', 42, '42'],
		['zero', 0, '0'],
		['no', false, 'false'],
		['content parts', [{ type: 'text', text: 'Hi' }], [{ type: 'text', text: 'Hi' }]],
	])('messages are read with %s as content', (_, content, sent) => {
		expect(parseMessages([message('user', content)])).toEqual([message('user', sent)]);
	});

	test('a tool result has the ID of its call', () => {
		const entry = message('tool', '{"ok":true}', { toolCallId: 'call_1' });
		expect(parseMessages(entries(entry))).toEqual([
			{ role: 'tool', content: '{"ok":true}', tool_call_id: 'call_1' },
		]);
	});

	test('a tool call ID that another role left in the editor is ignored', () => {
		const entry = message('user', 'Hello', { toolCallId: 'call_1' });
		expect(parseMessages(entries(entry))).toEqual([hello]);
	});

	test.each([[null], [undefined], ['']])(
		'the content %j of an answer with tool calls becomes an empty text, since models refuse it',
		(content) => {
			const tool_calls = [
				{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } },
			];
			expect(parseMessages([message('assistant', content, { tool_calls })])).toEqual([
				{ role: 'assistant', content: '', tool_calls },
			]);
		},
	);

	test('an empty last user message is kept when it gets a file', () => {
		expect(parseMessages(entries(message('user', '')), true)).toEqual([message('user', '')]);
	});
});

describe('a message is refused', () => {
	test.each<[string, unknown, string]>([
		['when there is none', entries(), "'Messages' is empty"],
		['when the list is empty', [], "'Messages' is empty"],
		['when the field was never filled', {}, "'Messages' is empty"],
		['when an expression gives text', 'Hello', "'Messages' must be a list of messages"],
		['when an expression gives nothing', undefined, "'Messages' must be a list of messages"],
		['when the list is cut off', '[{"role":"user"', "'Messages' isn't valid JSON"],
		['when it is text in a list', ['Hello'], "Message 1 in 'Messages' is not a message"],
		[
			'when its role is unknown',
			[hello, message('robot', 'x')],
			"Message 2 in 'Messages' has an unknown role: 'robot'",
		],
		[
			'when it has an unknown role: empty',
			[{ content: 'x' }],
			"Message 1 in 'Messages' has an unknown role: empty",
		],
		[
			'when its role is an object',
			[{ role: {}, content: 'x' }],
			"Message 1 in 'Messages' has an unknown role: an object",
		],
		['when it is blank', [message('user', ' \n')], "Message 1 in 'Messages' (user) is empty"],
		[
			'when its content is null',
			[message('user', null)],
			"Message 1 in 'Messages' (user) is empty",
		],
		[
			'when an answer has an empty list of tool calls and no text',
			[message('assistant', null, { tool_calls: [] })],
			"Message 1 in 'Messages' (assistant) is empty",
		],
		[
			'when its content is an object',
			[message('user', { a: 1 })],
			"The content of message 1 in 'Messages' is neither text nor a list of content parts",
		],
		[
			'when its content is a list of texts',
			[message('user', ['a', 'b'])],
			"The content of message 1 in 'Messages' is neither text nor a list of content parts",
		],
	])('a message is refused: %s', (_, value, text) => {
		expect(() => parseMessages(value)).toThrow(new InputError(text, ''));
	});

	test('a message with an unknown role is refused with the known ones', () => {
		const roles = 'Use one of system, developer, user, assistant, tool, function.';
		expect(() => parseMessages([message('bot', 'x')])).toThrow(
			expect.objectContaining({ description: roles }),
		);
	});

	test('an empty message is refused when a later one gets the files', () => {
		expect(() => parseMessages([message('user', ''), hello], true)).toThrow(
			/Message 1 .* is empty/,
		);
	});

	test('any value is read as messages or refused with an input error', () => {
		const value = fc.oneof(
			fc.anything(),
			fc.array(fc.record({ role: fc.constantFrom('user', 'tool', 'x'), content: fc.jsonValue() })),
		);
		fc.assert(
			fc.property(value, (messages) => {
				try {
					expect(parseMessages(messages).length).toBeGreaterThan(0);
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
				}
			}),
		);
	});
});
