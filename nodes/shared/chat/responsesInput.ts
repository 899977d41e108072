import { isRecord, type Json } from '../json';
import type { ChatMessage } from './messages';

/**
 * Converts messages from the form of chat completions to input items of the Responses API, where tool
 * calls and their results are separate items and content parts have other names. Items already in that
 * form stay as they are.
 */
export function toInputItems(messages: ChatMessage[]): Json[] {
	return messages.flatMap(toItems);
}

function toItems({
	role,
	content,
	tool_calls: calls,
	tool_call_id: id,
	...rest
}: ChatMessage): Json[] {
	if (role === 'tool') {
		return [{ type: 'function_call_output', call_id: id, output: textOf(content) }];
	}
	const isSilent = content === '' || content === undefined || content === null;
	const called = Array.isArray(calls) ? calls.filter(isRecord).map(toCallItem) : [];
	const said =
		isSilent && called.length ? [] : [{ role, content: toContent(role, content), ...rest }];
	return [...said, ...called];
}

function toCallItem({ id, function: called }: Json): Json {
	const { name, arguments: given } = isRecord(called) ? called : {};
	const text = typeof given === 'string' ? given : JSON.stringify(given ?? {});
	return { type: 'function_call', call_id: id, name, arguments: text };
}

/** An assistant's content becomes text, since its parts would need the IDs of their response. */
function toContent(role: string, content: ChatMessage['content']): unknown {
	if (!Array.isArray(content)) return content ?? '';
	return role === 'assistant' ? textOf(content) : content.map(toInputPart);
}

const textOf = (content: ChatMessage['content']): string =>
	Array.isArray(content)
		? content.map(({ text }) => (typeof text === 'string' ? text : '')).join('')
		: (content ?? '');

/** A content part with the type it has in input items. */
export function toInputPart({ type, ...part }: Json): Json {
	switch (type) {
		case 'text':
			return { type: 'input_text', ...part };
		case 'image_url': {
			const { url, ...image } = isRecord(part.image_url) ? part.image_url : { url: part.image_url };
			return { type: 'input_image', image_url: url, ...image };
		}
		case 'file':
			return { type: 'input_file', ...(isRecord(part.file) ? part.file : {}) };
		default:
			return { type, ...part };
	}
}
