import {
	allowedValues,
	itemAlternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';
import { findProblem } from '../schema/validate';

/** Whether the model accepts messages of this role; true without a schema. */
export function acceptsRole(schema: ObjectSchema | undefined, role: string): boolean {
	const messages = messageSchemas(schema);
	return !messages.length || messages.some((message) => allowsRole(message, role));
}

/** Whether a user message of the model may contain this content part. */
export function acceptsUserPart(schema: ObjectSchema, part: Record<string, unknown>): boolean {
	return userParts(schema).some((candidate) => !findProblem(candidate, part));
}

/**
 * Whether an assistant message of the model may have this property. True without a schema, or if the
 * schema rejects even a message without it.
 */
export function acceptsAssistantProperty(
	schema: ObjectSchema | undefined,
	name: string,
	value: unknown,
): boolean {
	const messages = messageSchemas(schema);
	const plain = { role: 'assistant', content: 'Yes.' };
	const isTaken = (message: object) =>
		messages.some((candidate) => !findProblem(candidate, message));
	return isTaken({ ...plain, [name]: value }) || !isTaken(plain);
}

/** Whether an assistant message of the model documents a property of this name. */
export const documentsAssistantProperty = (
	schema: ObjectSchema | undefined,
	name: string,
): boolean =>
	messageSchemas(schema).some(
		(message) => allowsRole(message, 'assistant') && message.properties?.[name] !== undefined,
	);

/**
 * Whether tool calls and their results are content parts (Anthropic's form) rather than
 * `tool_calls` and messages of the role `tool` (OpenAI's).
 */
export function usesAnthropicTools(schema: ObjectSchema | undefined): boolean {
	if (acceptsRole(schema, 'tool')) return false;
	return userParts(schema).some(({ properties }) =>
		allowedValues(properties?.type ?? {})?.includes('tool_result'),
	);
}

/** The types of content parts that a user message of the model may contain. */
export function userPartTypes(schema: ObjectSchema | undefined): string[] {
	const names = userParts(schema).flatMap(
		({ properties }) => allowedValues(properties?.type ?? {}) ?? [],
	);
	return [...new Set(names)].map(String);
}

function userParts(schema: ObjectSchema | undefined): JsonSchema[] {
	return messageSchemas(schema)
		.filter((message) => allowsRole(message, 'user'))
		.flatMap((message) => itemAlternatives(message.properties?.content ?? {}));
}

/**
 * The schemas of a single message, one per role or group of roles; none without a schema. In the
 * Responses API, messages are the input items that have a role.
 */
export function messageSchemas(schema: ObjectSchema | undefined): JsonSchema[] {
	const { messages, input = {} } = schema?.properties ?? {};
	if (messages) return itemAlternatives(messages);
	return itemAlternatives(input).filter((entry) => entry.properties?.role);
}

function allowsRole({ properties }: JsonSchema, role: string): boolean {
	const roles = allowedValues(properties?.role ?? {});
	return !roles || roles.includes(role);
}

/**
 * The parameters that at least half of the documented chat models support, with the most common ranges.
 * The ranges are only shown: without the model's own schema nothing is validated.
 */
export const defaultChatSchema: ObjectSchema = {
	type: 'object',
	required: [],
	properties: {
		max_tokens: { type: 'number', minimum: 1 },
		max_completion_tokens: { type: 'integer', minimum: 1 },
		temperature: { type: 'number', minimum: 0, maximum: 2 },
		top_p: { type: 'number', minimum: 0.01, maximum: 1 },
		stop: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
		seed: { type: 'integer', minimum: 1 },
		frequency_penalty: { type: 'number', minimum: -2, maximum: 2 },
		presence_penalty: { type: 'number', minimum: -2, maximum: 2 },
		reasoning_effort: { enum: ['low', 'medium', 'high'] },
		tools: { type: 'array', items: { type: 'object' } },
		tool_choice: {
			anyOf: [{ type: 'string', enum: ['none', 'auto', 'required'] }, { type: 'object' }],
		},
		parallel_tool_calls: { type: 'boolean' },
		logprobs: { type: 'boolean' },
		top_logprobs: { type: 'number', minimum: 0, maximum: 20 },
		top_k: { type: 'number' },
		provider: { type: 'string' },
	},
};
