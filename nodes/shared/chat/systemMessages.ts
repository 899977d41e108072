import { InputError } from '../errors/InputError';
import type { ObjectSchema } from '../schema/jsonSchema';
import type { ChatMessage } from './messages';
import { acceptsRole } from './schema';

/** Messages, and the system prompt if it is a separate property. */
export interface PlacedMessages {
	messages: ChatMessage[];
	system?: string;
}

/**
 * Moves the system messages to the property `system`, if the model's schema has that instead of system
 * messages (Anthropic's form).
 *
 * @returns `undefined` for the few models that accept neither
 */
export function placeSystemMessages(
	messages: ChatMessage[],
	schema: ObjectSchema | undefined,
): PlacedMessages | undefined {
	if (acceptsRole(schema, 'system') || !messages.some(isSystem)) return { messages };
	return schema?.properties.system === undefined ? undefined : splitSystemMessages(messages);
}

/** Splits off the system messages and joins their texts. */
export function splitSystemMessages(messages: ChatMessage[]): PlacedMessages {
	const system = messages.filter(isSystem);
	const others = messages.filter((message) => !isSystem(message));
	return { messages: others, ...(system.length && { system: join(system) }) };
}

/** Prepends the system messages to the first user message. */
export function mergeSystemMessages(messages: ChatMessage[]): ChatMessage[] {
	const { messages: others, system = '' } = splitSystemMessages(messages);
	const first = others.findIndex(({ role }) => role === 'user');
	if (first < 0) return [{ role: 'user', content: system }, ...others];
	const { content } = others[first];
	const merged = Array.isArray(content)
		? [{ type: 'text', text: system }, ...content]
		: [system, content].filter(Boolean).join('\n\n');
	return others.with(first, { ...others[first], content: merged });
}

/** @throws InputError if there is only a system prompt, or a second one in the parameters */
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
