import type { INodeParameters } from 'n8n-workflow';
import { examplesOf } from './examples';
import { bodySchema, type ApiDocument, type Schema } from './schema';

export const CHAT_ENDPOINT = '/v1/chat/completions';

/** Body properties that have a field of their own in 'Message a Model'. */
export const OWN_PROPERTIES = ['model', 'messages', 'response_format'];

/** The fields of the node with a model chosen from the list. */
export const chatParameters = (model: string): INodeParameters => ({
	resource: 'chat',
	operation: 'complete',
	model: { __rl: true, mode: 'list', value: model },
});

/** The body properties that 'Model Parameters' is there for. */
export function parameterSchemas(document: ApiDocument): Record<string, Schema> {
	const properties = Object.entries(bodySchema(document).properties ?? {});
	return Object.fromEntries(properties.filter(([name]) => !OWN_PROPERTIES.includes(name)));
}

/** What can be entered for each of them: null cannot, a field left blank is not sent. */
export function parameterExamples(document: ApiDocument): Record<string, unknown[]> {
	return Object.fromEntries(
		Object.entries(parameterSchemas(document)).map(([name, schema]) => [
			name,
			examplesOf(schema, document).filter((value) => value !== null),
		]),
	);
}
