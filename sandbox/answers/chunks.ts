import type { ToolCallFragment } from './chatVariants';
import type { Completion } from './completion';
import { piecesOf } from './sentences';

/** One of the forms that the last chunks of a stream have. */
export type StreamForm = 'openai' | 'anthropic' | 'qwen';

type Delta = Record<string, unknown>;

/**
 * A completion in pieces, as `chat.completion.chunk` objects with the documented peculiarities:
 * `usage` is null until the last chunk, which carries `meta.usage`. In the OpenAI and Qwen forms
 * the last chunk has no choices, and Qwen's deltas have `content: null` where there is no text;
 * in the Anthropic form the id is empty and the last chunk has a choice without a delta.
 */
export function* chunksOf(
	completion: Completion,
	form: StreamForm,
	fragment: (fragment: ToolCallFragment) => ToolCallFragment = (plain) => plain,
): Generator<object> {
	const { choices, usage, meta, ...envelope } = completion;
	const frame = {
		...envelope,
		id: form === 'anthropic' ? '' : envelope.id,
		object: 'chat.completion.chunk',
	};
	for (const { index, message, finish_reason } of choices) {
		for (const delta of deltasOf(message, fragment)) {
			const full = form === 'qwen' ? { content: null, ...delta } : delta;
			yield { ...frame, choices: [{ index, delta: full, finish_reason: null }], usage: null };
		}
		if (form !== 'anthropic') {
			yield { ...frame, choices: [{ index, delta: {}, finish_reason }], usage: null };
		}
	}
	const last = choices.map(({ index, finish_reason }) => ({ index, finish_reason }));
	yield { ...frame, choices: form === 'anthropic' ? last : [], usage, meta };
}

function* deltasOf(
	message: Completion['choices'][number]['message'],
	fragment: (fragment: ToolCallFragment) => ToolCallFragment,
): Generator<Delta> {
	const { role, content, reasoning, reasoning_content, images, tool_calls = [] } = message;
	yield { role, content: '' };
	for (const piece of piecesOf(reasoning ?? '')) yield { reasoning: piece };
	for (const piece of piecesOf(reasoning_content ?? '')) yield { reasoning_content: piece };
	const text = Array.isArray(content) ? content.map((part) => part.text).join('') : content;
	for (const piece of piecesOf(text ?? '')) yield { content: piece };
	if (images) yield { images };
	for (const [index, { id, type, function: called }] of tool_calls.entries()) {
		const first = { index, id, type, function: { name: called.name, arguments: '' } };
		yield { tool_calls: [fragment(first)] };
		for (const piece of piecesOf(called.arguments)) {
			yield { tool_calls: [fragment({ index, function: { arguments: piece } })] };
		}
	}
}
