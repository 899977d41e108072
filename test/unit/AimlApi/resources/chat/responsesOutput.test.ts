import fc from 'fast-check';
import {
	foldResponseEvents,
	parseResponse,
	parseResponseCitations,
	responsesParser,
} from '../../../../../nodes/AimlApi/resources/chat/responsesOutput';

type Event = Record<string, unknown>;

const message = (...content: object[]) => ({ type: 'message', role: 'assistant', content });
const text = (value: string, annotations: object[] = []) => ({
	type: 'output_text',
	text: value,
	annotations,
});

const yes = { text: 'Yes', finishReason: 'stop' };

test.each<[string, object, object]>([
	['a text', { output: [message(text('Yes'))] }, { text: 'Yes', finishReason: 'stop' }],
	[
		'several texts',
		{ output: [message(text('Yes, ')), message(text('no'))] },
		{ text: 'Yes, no', finishReason: 'stop' },
	],
	[
		'a summary of thoughts',
		{
			output: [
				{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
				message(text('Yes')),
			],
		},
		{ text: 'Yes', reasoning: 'Hm', finishReason: 'stop' },
	],
	[
		'thoughts without a summary',
		{ output: [{ type: 'reasoning', summary: [] }, message(text('Yes'))] },
		{ text: 'Yes', finishReason: 'stop' },
	],
	[
		'a call without arguments',
		{ output: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: '' }] },
		{ text: '', toolCalls: [{ id: 'c', name: 'f', arguments: {} }], finishReason: 'tool_calls' },
	],
	[
		'an answer that was filtered',
		{ status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [] },
		{ text: '', finishReason: 'content_filter' },
	],
	['content that is a text', { output: [{ type: 'message', content: 'Yes' }] }, yes],
	['a message without a type', { output: [{ role: 'assistant', content: [text('Yes')] }] }, yes],
	['a text without a message', { output: [text('Yes')] }, yes],
	['an output that is a text', { output: 'Yes' }, yes],
	['an output that is not in a list', { output: message(text('Yes')) }, yes],
	['the text beside an empty output', { output: [], output_text: 'Yes' }, yes],
	[
		'a text with a value',
		{ output: [message({ type: 'output_text', text: { value: 'Yes' } })] },
		yes,
	],
	[
		'reasoning in tags',
		{ output: [message(text('<think>Hm</think>Yes'))] },
		{ ...yes, reasoning: 'Hm' },
	],
	[
		'a summary that is a text',
		{ output: [{ type: 'reasoning', summary: 'Hm' }, message(text('Yes'))] },
		{ ...yes, reasoning: 'Hm' },
	],
	[
		'an action for the computer',
		{ output: [{ type: 'computer_call', call_id: 'c', action: { type: 'click' } }] },
		{
			text: '',
			toolCalls: [{ id: 'c', name: 'computer', arguments: { type: 'click' } }],
			finishReason: 'tool_calls',
		},
	],
	[
		'a call to approve',
		{ output: [{ type: 'mcp_approval_request', id: 'a', name: 'f', arguments: '{}' }] },
		{ text: '', toolCalls: [{ id: 'a', name: 'f', arguments: {} }], finishReason: 'tool_calls' },
	],
	[
		"a search of the provider's own tool",
		{ output: [{ type: 'web_search_call', id: 'ws' }, message(text('Yes'))] },
		yes,
	],
	[
		'a response in the background',
		{ status: 'queued', output: [] },
		{ text: '', finishReason: 'queued' },
	],
	[
		'a response that was canceled',
		{ status: 'cancelled', output: [message(text('Ye'))] },
		{ text: 'Ye', finishReason: 'cancelled' },
	],
	[
		'a failed response without an error',
		{ status: 'failed', error: null, output: [message(text('Ye'))] },
		{ text: 'Ye', finishReason: 'failed', error: 'The provider reported an error' },
	],
])('%s is read from the output items', (_, body, answer) => {
	expect(parseResponse(body)).toEqual(answer);
});

test('sources are read from the annotations, each once', () => {
	const source = { type: 'url_citation', url: 'https://example.com', title: 'Example' };
	expect(
		parseResponseCitations({ output: [message(text('a', [source]), text('b', [source]))] }),
	).toEqual([{ url: 'https://example.com', title: 'Example' }]);
});

test('sources are also read from the list of the response', () => {
	const body = { citations: ['https://example.com'], output: [message(text('a'))] };
	expect(parseResponseCitations(body)).toEqual([{ url: 'https://example.com' }]);
});

describe('a stream whose last event has no output', () => {
	const begun = { type: 'response.created', response: { id: 'r', status: 'in_progress' } };
	const delta = { type: 'response.output_text.delta', delta: 'Yes' };
	const item = { type: 'response.output_item.done', item: message(text('Yes')) };
	const completed = { type: 'response.completed', response: { id: 'r', status: 'completed' } };

	test.each<[string, object[]]>([
		['its items', [begun, delta, item, completed]],
		['its pieces of text', [begun, delta, completed]],
		['an empty output', [begun, delta, { response: { ...completed.response, output: [] } }]],
	])('a stream whose last event has no output is read from %s', (_, events) => {
		expect(parseResponse(foldResponseEvents(events as Event[]))).toEqual(yes);
	});

	test('a stream that breaks off has the text that arrived, and no end', () => {
		const events = [{ ...begun, response: { id: 'r' } }, delta] as Event[];
		expect(parseResponse(foldResponseEvents(events))).toMatchObject({ text: 'Yes' });
		expect(events.some(responsesParser.ends)).toBe(false);
	});
});

test('a stream is folded to the response of its last event, unless that is still in progress', () => {
	const done = { status: 'completed', output: [] };
	const inProgress = { response: { status: 'in_progress' } };
	expect(foldResponseEvents([inProgress, { response: done }])).toEqual(done);
	expect(foldResponseEvents([inProgress])).toBeUndefined();
});

test('any body can be parsed', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			for (const body of [value, { output: value }, { output: [message({ type: value })] }]) {
				parseResponse(body);
				parseResponseCitations(body);
			}
		}),
	);
});
