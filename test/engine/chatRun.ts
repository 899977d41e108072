import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { runOperation, type Api, type OperationRun } from './operationRun';
import type { NodeRunResult } from './runNode';

/** A run of 'Message a Model' with what a test does not care about filled in. */
export interface ChatRun extends Omit<OperationRun, 'resource' | 'operation'> {
	/** The content of a single user message, or the whole value of 'Messages'. */
	messages?: string | INodeParameters;
}

/** Runs 'Message a Model' against the API in n8n-core's engine. */
export async function runChat(
	api: Api,
	{ model = 'openai/gpt-4o-mini', messages = 'Hello', fields, ...rest }: ChatRun = {},
): Promise<NodeRunResult> {
	const written =
		typeof messages === 'string' ? { values: [{ role: 'user', content: messages }] } : messages;
	return await runOperation(api, {
		resource: 'chat',
		operation: 'complete',
		model,
		fields: { messages: written, ...fields },
		...rest,
	});
}

/** Items with a running number, as a data source would give them. */
export const numberedItems = (count: number) =>
	Array.from({ length: count }, (_, number) => ({ json: { number } }));

/** The chat requests that reached the sandbox, in order of arrival. */
export const chatCalls = (sandbox: Sandbox) =>
	sandbox.requestLog.calls.filter(({ path }) => path === '/v1/chat/completions');
