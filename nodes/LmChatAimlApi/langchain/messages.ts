import type { Message, MessageContent } from '@n8n/ai-node-sdk';
import { isRecord } from '../../shared/json';
import { toStandard } from '../model/standardContent';

/** A tool call of a LangChain message. */
export interface ToolCall {
	type: 'tool_call';
	id: string;
	name: string;
	args: Record<string, unknown>;
}

/** The fields of a LangChain message, of its own classes or ours. */
interface MessageFields {
	content: unknown;
	id?: string;
	name?: string;
	role?: string;
	tool_calls?: Array<Record<string, unknown>>;
	tool_call_id?: string;
	status?: string;
	additional_kwargs?: Record<string, unknown>;
}

/** LangChain's message types by role. */
const TYPES: Record<string, string> = { user: 'human', assistant: 'ai', developer: 'system' };

const CLASSES: Record<string, string> = {
	human: 'HumanMessage',
	ai: 'AIMessage',
	system: 'SystemMessage',
	tool: 'ToolMessage',
};

/**
 * A LangChain message without LangChain, which recognizes messages by `_getType`, and in later versions
 * by a symbol, not by their class.
 */
export class LangChainMessage implements MessageFields {
	readonly lc_serializable = true;
	readonly lc_namespace = ['langchain_core', 'messages'];
	readonly type: string;
	content: unknown;
	id?: string;
	name?: string;
	role?: string;
	tool_calls?: Array<Record<string, unknown>>;
	tool_call_id?: string;
	status?: string;
	additional_kwargs: Record<string, unknown>;
	response_metadata: Record<string, unknown> = {};

	constructor(type: string, fields: MessageFields) {
		const { content, id, name, role, tool_calls, tool_call_id, status } = fields;
		this.type = TYPES[type] ?? type;
		this.content = content;
		this.additional_kwargs = { ...fields.additional_kwargs };
		const known = { id, name, role, tool_calls, tool_call_id, status };
		Object.assign(this, definedOf(known));
	}

	get [Symbol.for('langchain.message')](): boolean {
		return true;
	}

	get text(): string {
		return textOf(this.content);
	}

	/** The content as LangChain's standard blocks, which its parsers read. */
	get contentBlocks(): object[] {
		const { content } = this;
		const parts = Array.isArray(content) ? content : [{ type: 'text', text: this.text }];
		return [...parts, ...(this.tool_calls ?? [])];
	}

	_getType(): string {
		return this.type;
	}

	getType(): string {
		return this.type;
	}

	_updateId(id: string): void {
		this.id = id;
	}

	/** LangChain's serialized form, which n8n shows and stores. */
	toJSON(): object {
		return {
			lc: 1,
			type: 'constructor',
			id: [...this.lc_namespace, CLASSES[this.type] ?? 'ChatMessage'],
			kwargs: this.fields(),
		};
	}

	toDict(): object {
		return { type: this.type, data: this.fields() };
	}

	private fields(): object {
		const fields = Object.entries(this).filter(([name]) => !NOT_STORED.has(name));
		return definedOf(Object.fromEntries(fields));
	}
}

const NOT_STORED = new Set(['lc_serializable', 'lc_namespace', 'type']);

/** Tokens of an answer in LangChain's form. */
export interface UsageMetadata {
	input_tokens: number;
	output_tokens: number;
	total_tokens: number;
	output_token_details?: { reasoning?: number };
}

interface AiMessageFields {
	content: string;
	id?: string;
	tool_calls?: ToolCall[];
	usage_metadata?: UsageMetadata;
	additional_kwargs?: Record<string, unknown>;
	response_metadata?: Record<string, unknown>;
}

/** An answer, or a chunk of one. */
export class AiMessage extends LangChainMessage {
	declare content: string;
	declare tool_calls: ToolCall[] & Array<Record<string, unknown>>;
	readonly invalid_tool_calls: unknown[] = [];
	usage_metadata?: UsageMetadata;

	constructor(fields: AiMessageFields) {
		super('ai', { ...fields, tool_calls: [] });
		this.tool_calls.push(...((fields.tool_calls ?? []) as AiMessage['tool_calls']));
		this.response_metadata = { ...fields.response_metadata };
		if (fields.usage_metadata) this.usage_metadata = fields.usage_metadata;
	}

	/** Tool calls as stream chunks; ours are always complete. */
	get tool_call_chunks(): object[] {
		return this.tool_calls.map(({ id, name, args }, index) => ({
			type: 'tool_call_chunk',
			...{ id, name, index, args: JSON.stringify(args) },
		}));
	}

	/** Joins this chunk and the next. */
	concat(next: AiMessage): AiMessage {
		const whole = new AiMessage({
			content: this.content + next.content,
			id: this.id ?? next.id,
			tool_calls: [...this.tool_calls, ...next.tool_calls],
			usage_metadata: next.usage_metadata ?? this.usage_metadata,
			additional_kwargs: { ...this.additional_kwargs, ...next.additional_kwargs },
			response_metadata: { ...this.response_metadata, ...next.response_metadata },
		});
		return Object.setPrototypeOf(whole, Object.getPrototypeOf(this) as object) as AiMessage;
	}
}

/**
 * Makes an answer an instance of LangChain's `BaseMessage` if the messages it answers are, since n8n's Basic
 * LLM Chain 1.9 checks `instanceof BaseMessage` (seen in n8n 2.8 to 2.15). The class can't be imported, but
 * can be found through those messages.
 */
export function inClassOf(messages: LangChainMessage[], answer: AiMessage): AiMessage {
	const base = messages
		.map(findBase)
		.find((found) => found && found !== LangChainMessage.prototype);
	return base ? (Object.setPrototypeOf(answer, prototypeOn(base)) as AiMessage) : answer;
}

/** `BaseMessage.prototype`: the farthest one with `toDict`. */
function findBase(message: object): object | undefined {
	const next = Object.getPrototypeOf(message) as object | null;
	if (!next) return undefined;
	return findBase(next) ?? (Object.hasOwn(next, 'toDict') ? next : undefined);
}

const prototypes = new WeakMap<object, object>();

/** A prototype with all members of `AiMessage` that inherits from `base`. */
function prototypeOn(base: object): object {
	const known = prototypes.get(base);
	if (known) return known;
	const made = Object.create(base, {
		...Object.getOwnPropertyDescriptors(LangChainMessage.prototype),
		...Object.getOwnPropertyDescriptors(AiMessage.prototype),
	}) as object;
	prototypes.set(base, made);
	return made;
}

/** The messages in a model's input: a text, a LangChain prompt, or messages in any form. */
export function toConversation(input: unknown): LangChainMessage[] {
	if (typeof input === 'string') return [new LangChainMessage('human', { content: input })];
	if (Array.isArray(input)) return input.map(toMessage);
	const prompt = input as { toChatMessages?: () => unknown[] };
	return prompt.toChatMessages ? prompt.toChatMessages().map(toMessage) : [toMessage(input)];
}

function toMessage(given: unknown): LangChainMessage {
	if (typeof given === 'string') return new LangChainMessage('human', { content: given });
	if (Array.isArray(given)) return new LangChainMessage(String(given[0]), { content: given[1] });
	const message = given as LangChainMessage;
	if (typeof message._getType === 'function') return message;
	return new LangChainMessage(message.role ?? message.type ?? 'human', message);
}

const ROLES: Record<string, Message['role']> = {
	human: 'user',
	ai: 'assistant',
	system: 'system',
	tool: 'tool',
	function: 'tool',
};

/** A message in the form of n8n's SDK. */
export function toSdkMessage(message: LangChainMessage): Message {
	const type = message._getType();
	const role = ROLES[TYPES[message.role ?? ''] ?? type] ?? 'user';
	const { content } = toStandard(message);
	const { tool_calls: calls = [] } = message;
	if (role !== 'tool') return { role, content: [...toContent(content), ...calls.map(toCall)] };
	const toolCallId = message.tool_call_id ?? message.name ?? '';
	const isError = message.status === 'error';
	return { role, content: [{ type: 'tool-result', toolCallId, result: content, isError }] };
}

function toContent(content: unknown): MessageContent[] {
	if (typeof content === 'string') return [{ type: 'text', text: content }];
	const parts = Array.isArray(content) ? content : [content];
	return parts.flatMap((part) => (isRecord(part) ? toPart(part) : []));
}

const FILES = ['file', 'audio', 'video', 'image', 'text-plain'];

function toPart(part: Record<string, unknown>): MessageContent | [] {
	const { type, text, reasoning, mimeType, data, url, metadata } = part;
	if (type === 'text') return { type, text: String(text ?? '') };
	if (type === 'reasoning') return { type, text: String(reasoning ?? '') };
	if (type === 'tool_call') return toCall(part);
	if (typeof type !== 'string' || !FILES.includes(type)) return [];
	return {
		type: 'file',
		mediaType: mimeType as string | undefined,
		data: data as string,
		providerMetadata: { ...(metadata as object), ...(url !== undefined && { url }) },
	};
}

/** A tool call in LangChain's form, or in OpenAI's if the message is a plain object. */
function toCall(call: Record<string, unknown>): MessageContent {
	const { name, arguments: written } = isRecord(call.function) ? call.function : call;
	return {
		type: 'tool-call',
		toolCallId: call.id as string,
		toolName: String(name),
		input: typeof written === 'string' ? written : JSON.stringify(call.args ?? {}),
	};
}

function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	const parts = Array.isArray(content) ? content.filter(isRecord) : [];
	return parts.map(({ type, text }) => (type === 'text' ? String(text) : '')).join('');
}

const definedOf = <T extends object>(fields: T): Partial<T> =>
	Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined),
	) as Partial<T>;
