import { toPart } from '../../shared/chat/contentParts';
import type { ChatMessage } from '../../shared/chat/messages';
import {
	acceptsAssistantProperty,
	documentsAssistantProperty,
	usesAnthropicTools,
} from '../../shared/chat/schema';
import {
	mergeSystemMessages,
	placeSystemMessages,
	type PlacedMessages,
} from '../../shared/chat/systemMessages';
import type { TargetModel } from '../../shared/parameters/targetModel';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import type { AssistantTurn, ToolCall, ToolTurn, Turn, UserTurn } from './conversation';

/**
 * Converts a conversation to the form that the model accepts: tool calls as `tool_calls` and messages
 * with the role `tool`, or as content parts; the system prompt as a message, as the property `system`,
 * or at the start of the first user message.
 *
 * @throws InputError if the model doesn't support a file
 */
export async function toApiMessages(turns: Turn[], model: TargetModel): Promise<PlacedMessages> {
	const write = usesAnthropicTools(model.schema) ? toAnthropicMessages : toOpenAiMessages;
	const messages: ChatMessage[] = [];
	for (const turn of turns) messages.push(...(await write(turn, model)));
	return placeSystemMessages(messages, model.schema) ?? { messages: mergeSystemMessages(messages) };
}

async function toOpenAiMessages(turn: Turn, model: TargetModel): Promise<ChatMessage[]> {
	switch (turn.role) {
		case 'system':
			return [{ role: 'system', content: turn.text }];
		case 'user':
			return [await toUserMessage(turn, model)];
		case 'assistant':
			return [toOpenAiAssistant(turn, model)];
		default:
			return turn.results.map(({ callId, text }) => ({
				role: 'tool',
				tool_call_id: callId,
				content: text,
			}));
	}
}

async function toAnthropicMessages(turn: Turn, model: TargetModel): Promise<ChatMessage[]> {
	if (turn.role === 'assistant') return [toAnthropicAssistant(turn, model)];
	if (turn.role === 'tool') return turn.results.length ? [toAnthropicResults(turn)] : [];
	return await toOpenAiMessages(turn, model);
}

async function toUserMessage({ parts }: UserTurn, model: TargetModel): Promise<ChatMessage> {
	const texts = parts.filter((part) => typeof part === 'string');
	if (texts.length === parts.length) return { role: 'user', content: texts.join('\n') };
	const content: Array<Record<string, unknown>> = [];
	for (const part of parts) {
		if (typeof part !== 'string') content.push(await toPart(part, model));
		else if (part) content.push({ type: 'text', text: part });
	}
	return { role: 'user', content };
}

/** Many models reject null as the content next to tool calls; all accept an empty text. */
function toOpenAiAssistant(turn: AssistantTurn, model: TargetModel): ChatMessage {
	const calls = turn.calls.map((call) => toOpenAiCall(call, turn, model));
	return {
		role: 'assistant',
		content: contentWithReasoning(turn, model),
		...reasoningFields(turn, model),
		...(calls.length && { tool_calls: calls }),
	};
}

/** A tool call, with the properties that its model added if the model's schema accepts them. */
function toOpenAiCall(
	{ id, name, arguments: given, extra }: ToolCall,
	turn: AssistantTurn,
	{ id: model, schema }: TargetModel,
) {
	const plain = { id, type: 'function', function: { name, arguments: given } };
	if (!extra || turn.model !== model) return plain;
	const call = { ...extra.call, ...plain, function: { ...extra.function, ...plain.function } };
	return acceptsAssistantProperty(schema, 'tool_calls', [call]) ? call : plain;
}

/** The text with the reasoning in front of it, as parts if the model returned it that way. */
function contentWithReasoning(
	{ text, reasoning, model: author }: AssistantTurn,
	{ id: model, schema }: TargetModel,
): NonNullable<ChatMessage['content']> {
	const plain = (reasoning?.prefix ?? '') + text;
	if (!reasoning?.parts.length || author !== model) return plain;
	const parts = [...reasoning.parts, ...(text ? [{ type: 'text', text }] : [])];
	return acceptsAssistantProperty(schema, 'content', parts) ? parts : plain;
}

/** Signed or encrypted reasoning is sent back only to the model that produced it. */
const MODEL_BOUND_KEYS = ['reasoning_details', 'thinking_blocks'];

function reasoningFields(turn: AssistantTurn, { id: model, schema }: TargetModel) {
	const { reasoning } = turn;
	if (!reasoning) return {};
	const isOwn = turn.model === model;
	const fields = Object.entries(reasoning.fields).filter(
		([name]) => isOwn || !MODEL_BOUND_KEYS.includes(name),
	);
	const isBare = !fields.length && !reasoning.prefix && reasoning.text;
	if (isBare) fields.push([defaultReasoningField(schema), reasoning.text]);
	return Object.fromEntries(
		fields.filter(([name, value]) => acceptsAssistantProperty(schema, name, value)),
	);
}

/** The property for reasoning that is known only as text. */
const defaultReasoningField = (schema: ObjectSchema | undefined): string =>
	documentsAssistantProperty(schema, 'reasoning') ? 'reasoning' : 'reasoning_content';

function toAnthropicAssistant(turn: AssistantTurn, { id: model }: TargetModel): ChatMessage {
	const { text, calls, reasoning } = turn;
	const thinking = turn.model === model ? (reasoning?.parts ?? []) : [];
	if (!calls.length && !thinking.length) return { role: 'assistant', content: text };
	const uses = calls.map(({ id, name, arguments: given }) => ({
		type: 'tool_use',
		id,
		name,
		input: JSON.parse(given) as unknown,
	}));
	return {
		role: 'assistant',
		content: [...thinking, ...(text ? [{ type: 'text', text }] : []), ...uses],
	};
}

function toAnthropicResults({ results }: ToolTurn): ChatMessage {
	const content = results.map(({ callId, text, isError }) => ({
		type: 'tool_result',
		tool_use_id: callId,
		content: text,
		...(isError && { is_error: true }),
	}));
	return { role: 'user', content };
}
