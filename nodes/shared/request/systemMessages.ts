import { InputError } from '../run/InputError';
import type { ChatMessage } from './chatMessages';

/** A system message that may as well be a parameter: one of plain text. */
export const isSystemMessage = ({ role, content }: ChatMessage): boolean =>
	role === 'system' && typeof content === 'string';

/**
 * Parts the system messages from the others, for requests that take them as the parameter `system`.
 *
 * @returns their texts joined, `undefined` when there is none
 * @throws InputError when no other message is left
 */
export function partSystemMessages(
	messages: ChatMessage[],
	model: string,
): { messages: ChatMessage[]; system?: string } {
	const texts = messages.filter(isSystemMessage).map(({ content }) => content);
	const others = messages.filter((message) => !isSystemMessage(message));
	if (!others.length) {
		throw new InputError(
			`The model ${model} needs a message besides the system message`,
			"Add a message with the role 'User'.",
		);
	}
	return { messages: others, ...(texts.length && { system: texts.join('\n\n') }) };
}

/** @throws InputError when the system prompt is given a second time, as a parameter */
export function checkNoOtherSystem(parameters: Record<string, unknown>, model: string): void {
	if (parameters.system === undefined) return;
	throw new InputError(
		"'System' is set in 'Model Parameters' and there is a message with the role 'System'",
		`The model ${model} takes one system prompt. Remove one of the two.`,
	);
}
