import fc from 'fast-check';
import {
	foldResponseEvents,
	parseResponse,
	parseResponseCitations,
} from '../../../../../nodes/AimlApi/resources/chat/responsesOutput';

const message = (...content: object[]) => ({ type: 'message', role: 'assistant', content });
const text = (value: string, annotations: object[] = []) => ({
	type: 'output_text',
	text: value,
	annotations,
});

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
])('%s is read from the output items', (_, body, answer) => {
	expect(parseResponse(body)).toEqual(answer);
});

test('sources are read from the annotations, each once', () => {
	const source = { type: 'url_citation', url: 'https://example.com', title: 'Example' };
	expect(
		parseResponseCitations({ output: [message(text('a', [source]), text('b', [source]))] }),
	).toEqual([{ url: 'https://example.com', title: 'Example' }]);
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
