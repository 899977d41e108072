import type { Choice } from './choice';
import { firstSentence } from './sentences';

/** One item of a response's `output`. */
export interface OutputItem {
	id: string;
	type: 'reasoning' | 'message' | 'function_call';
	content?: object[];
	[property: string]: unknown;
}

/** An answer as the items of a response; `thought` is its reasoning. */
export function outputOf(
	{ message }: Choice,
	requestId: string,
	thought: string | undefined,
): OutputItem[] {
	const { content, tool_calls = [] } = message;
	const reasoning: OutputItem[] =
		thought === undefined
			? []
			: [
					{
						id: `rs_${requestId}`,
						type: 'reasoning',
						summary: [{ type: 'summary_text', text: firstSentence(thought) }],
					},
				];
	const texts: OutputItem[] =
		typeof content === 'string'
			? [
					{
						id: `msg_${requestId}`,
						type: 'message',
						status: 'completed',
						role: 'assistant',
						content: [{ type: 'output_text', text: content, annotations: [] }],
					},
				]
			: [];
	const calls = tool_calls.map(
		({ id, function: called }): OutputItem => ({
			id: `fc_${id.slice('call_'.length)}`,
			type: 'function_call',
			status: 'completed',
			call_id: id,
			...called,
		}),
	);
	return [...reasoning, ...texts, ...calls];
}
