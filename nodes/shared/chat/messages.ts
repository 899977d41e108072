import { InputError } from '../errors/InputError';
import { isRecord } from '../json';
import { parseJson } from '../parameters/jsonField';
import { CHECK_EXPRESSION, describeValue } from '../parameters/textField';

/** A chat message in OpenAI's form. */
export interface ChatMessage {
	role: string;
	content?: string | null | Array<Record<string, unknown>>;
	[property: string]: unknown;
}

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];

/**
 * Parses the 'Messages' field: its entries `{role, content}`, or a whole list from an expression. An
 * entry whose content is a list of messages (a chat history) is replaced by them.
 *
 * @param hasAttachments whether the last user message gets files, so that it may be empty
 * @throws InputError if there is no message, a role is unknown, or a message is empty
 */
export function parseMessages(value: unknown, hasAttachments = false): ChatMessage[] {
	const entries = listEntries(value).flatMap(expandHistory);
	const filled = hasAttachments ? entries.findLastIndex(isFromUser) : -1;
	const messages = entries.map((entry, index) => parseMessage(entry, index, index === filled));
	if (messages.length) return messages;
	throw new InputError(
		"'Messages' is empty",
		"Add at least one message. If 'Messages' is an expression, check that it returns a list with at least one entry for this item.",
	);
}

function listEntries(value: unknown): unknown[] {
	const list = isRecord(value) ? (value.values ?? []) : value;
	if (Array.isArray(list)) return list;
	if (typeof list === 'string' && /^\s*\[/.test(list)) {
		return parseJson(list, 'Messages') as unknown[];
	}
	throw new InputError(
		"'Messages' must be a list of messages",
		"An expression here has to return a list such as [{ role: 'user', content: 'Hello' }].",
	);
}

/** Replaces an entry by its chat history, which may be empty in a new conversation. */
function expandHistory(entry: unknown): unknown {
	const content = isRecord(entry) ? entry.content : undefined;
	const isMessage = (part: unknown): boolean => isRecord(part) && 'role' in part;
	const isHistory = Array.isArray(content) && (!content.length || content.some(isMessage));
	return isHistory ? content : [entry];
}

const isFromUser = (entry: unknown): boolean => isRecord(entry) && entry.role === 'user';

function parseMessage(entry: unknown, index: number, mayBeEmpty: boolean): ChatMessage {
	const place = `Message ${index + 1}`;
	if (!isRecord(entry)) {
		throw new InputError(
			`${place} in 'Messages' is not a message`,
			'Each message is an object with a role and a content.',
		);
	}
	const { role, content, toolCallId, ...rest } = entry;
	if (typeof role !== 'string' || !ROLES.includes(role)) {
		throw new InputError(
			`${place} in 'Messages' has an unknown role: ${describeValue(role)}`,
			`Use one of ${ROLES.join(', ')}.`,
		);
	}
	if (isEmpty(content) && !mayBeEmpty && !(role === 'assistant' && hasCalls(rest))) {
		throw new InputError(
			`${place} in 'Messages' (${role}) is empty`,
			`Enter its content. ${CHECK_EXPRESSION}`,
		);
	}
	const call = typeof toolCallId === 'string' && toolCallId ? { tool_call_id: toolCallId } : {};
	return { role, content: parseContent(content, place), ...rest, ...(role === 'tool' && call) };
}

const hasCalls = ({ tool_calls, function_call }: Record<string, unknown>): boolean =>
	(Array.isArray(tool_calls) && tool_calls.length > 0) || isRecord(function_call);

const isEmpty = (content: unknown): boolean =>
	content === undefined ||
	content === null ||
	(Array.isArray(content) && content.length === 0) ||
	(typeof content === 'string' && content.trim() === '');

function parseContent(content: unknown, place: string): ChatMessage['content'] {
	if (typeof content === 'string') return content;
	// Many models reject null next to tool calls; all accept an empty string.
	if (content === undefined || content === null) return '';
	const isPlain = typeof content === 'boolean' || Number.isFinite(content);
	if (isPlain) return String(content as number | boolean);
	if (Array.isArray(content) && content.every(isRecord)) return content;
	throw new InputError(
		`The content of ${place.toLowerCase()} in 'Messages' is neither text nor a list of content parts`,
		'To send an object as text, use an expression such as {{ JSON.stringify($json) }}.',
	);
}
