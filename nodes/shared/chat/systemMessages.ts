import { InputError } from '../errors/InputError';
import type { ObjectSchema } from '../schema/jsonSchema';
import type { ChatMessage } from './messages';
import { acceptsRole } from './schema';

/** Messages, and the system prompt that goes beside them. */
export interface PlacedMessages {
	messages: ChatMessage[];
	system?: string;
}

/**
 * Models in Anthropic's form take no system message but a property `system`. Where a model's schema
 * says so, the system messages go there.
 *
 * @returns `undefined` for the few models that take neither
 */
export function placeSystemMessages(
	messages: ChatMessage[],
	schema: ObjectSchema | undefined,
): PlacedMessages | undefined {
	if (acceptsRole(schema, 'system') || !messages.some(isSystem)) return { messages };
	return schema?.properties.system === undefined ? undefined : partSystemMessages(messages);
}

/** Parts the system messages from the others and joins what they say. */
export function partSystemMessages(messages: ChatMessage[]): PlacedMessages {
	const system = messages.filter(isSystem);
	const others = messages.filter((message) => !isSystem(message));
	return { messages: others, ...(system.length && { system: join(system) }) };
}

/** Puts what the system messages say in front of the first user message. */
export function mergeSystemMessages(messages: ChatMessage[]): ChatMessage[] {
	const { messages: others, system = '' } = partSystemMessages(messages);
	const first = others.findIndex(({ role }) => role === 'user');
	if (first < 0) return [{ role: 'user', content: system }, ...others];
	const { content } = others[first];
	const merged = Array.isArray(content)
		? [{ type: 'text', text: system }, ...content]
		: [system, content].filter(Boolean).join('\n\n');
	return others.with(first, { ...others[first], content: merged });
}

/** @throws InputError when there is nothing but a system prompt, or a second one in a parameter */
export function checkPlaced(
	{ messages, system }: PlacedMessages,
	parameters: Record<string, unknown>,
	model: string,
): void {
	if (!messages.length) {
		throw new InputError(
			`The model ${model} needs a message besides the system message`,
			"Add a message with the role 'User'.",
		);
	}
	if (system === undefined || parameters.system === undefined) return;
	throw new InputError(
		"'System' is set in 'Model Parameters' and there is a message with the role 'System'",
		`${model} supports one system prompt. Remove one of the two.`,
	);
}

const isSystem = ({ role, content }: ChatMessage): boolean =>
	role === 'system' && typeof content === 'string';

const join = (messages: ChatMessage[]): string =>
	messages.map(({ content }) => content).join('\n\n');
