import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { runNode, type NodeRun, type NodeRunResult } from './runNode';

/** A run of 'Message a Model' with what a test does not care about filled in. */
export interface ChatRun extends Partial<Omit<NodeRun, 'parameters'>> {
	/** Id, or an expression. */
	model?: string;
	/** The content of a single user message, or the whole value of 'Messages'. */
	messages?: string | INodeParameters;
	/** Values of 'Model Parameters'. */
	modelParameters?: Record<string, unknown>;
	/** Further fields of the operation. */
	fields?: INodeParameters;
}

/** Runs 'Message a Model' against the sandbox in n8n-core's engine. */
export async function runChat(
	sandbox: Pick<Sandbox, 'apiKey' | 'url'>,
	run: ChatRun = {},
): Promise<NodeRunResult> {
	const {
		model = 'openai/gpt-4o-mini',
		messages = 'Hello',
		modelParameters,
		fields,
		...rest
	} = run;
	return await runNode({
		credential: { apiKey: sandbox.apiKey, url: sandbox.url },
		parameters: {
			resource: 'chat',
			operation: 'complete',
			model: { __rl: true, mode: 'id', value: model },
			messages:
				typeof messages === 'string' ? { values: [{ role: 'user', content: messages }] } : messages,
			...(modelParameters && {
				modelParameters: {
					mappingMode: 'defineBelow',
					value: modelParameters,
					schema: [],
				} as unknown as INodeParameters,
			}),
			...fields,
		},
		...rest,
	});
}

/** Items with a running number, as a data source would give them. */
export const numberedItems = (count: number) =>
	Array.from({ length: count }, (_, number) => ({ json: { number } }));

/** The chat requests that reached the sandbox, in order of arrival. */
export const chatCalls = (sandbox: Sandbox) =>
	sandbox.requestLog.calls.filter(({ path }) => path === '/v1/chat/completions');
