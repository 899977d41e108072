import { isRecord } from '../shared/json';
import type { ResponseMetadata } from './responseMetadata';

/** A message of LangChain, as far as it matters here. */
interface LangChainMessage {
	content: unknown;
	additional_kwargs?: Record<string, unknown>;
	response_metadata?: Record<string, unknown>;
}

interface Generation {
	message: LangChainMessage;
	/** Shown in n8n's run log. */
	generationInfo?: Record<string, unknown>;
}

type Options = Record<string, unknown>;

/** The chat model that n8n's SDK makes of ours for LangChain. */
interface Adapter {
	callbacks?: unknown;
	_generate(
		messages: LangChainMessage[],
		options: Options,
		manager?: unknown,
	): Promise<{ generations: Generation[] }>;
	_streamResponseChunks(
		messages: LangChainMessage[],
		options: Options,
		manager?: unknown,
	): AsyncGenerator<Generation>;
	bindTools(tools: unknown): Adapter;
}

/**
 * Carries what the SDK's adapter loses (@n8n/ai-node-sdk 0.31) between LangChain and our model:
 * images in the form in which n8n's agents and chains send them, reasoning in the place where they
 * look for it, and model, tokens and cost for the run log; and counts tokens without the network.
 * Anything but that adapter is left alone.
 */
export function extendAdapter(supplied: unknown): unknown {
	return isAdapter(supplied) ? extendMessage(supplied) : supplied;
}

const isAdapter = (value: unknown): value is Adapter =>
	['_generate', '_streamResponseChunks', 'bindTools'].every(
		(name) => typeof (value as Record<string, unknown> | undefined)?.[name] === 'function',
	);

function extendMessage(adapter: Adapter): Adapter {
	const { _generate, _streamResponseChunks, bindTools } = adapter;
	logUsage(adapter.callbacks);
	return Object.assign(adapter, {
		getNumTokens: async (content: unknown) => estimateTokens(content),

		bindTools: (tools: unknown) => extendMessage(bindTools.call(adapter, tools)),

		async _generate(messages: LangChainMessage[], options: Options, manager?: unknown) {
			const asked = withMetadata(options);
			const standard = messages.map(toStandard);
			const result = await _generate.call(adapter, standard, asked.options, manager);
			for (const generation of result.generations) addMetadata(generation, asked.facts());
			return result;
		},

		async *_streamResponseChunks(
			messages: LangChainMessage[],
			options: Options,
			manager?: unknown,
		) {
			const asked = withMetadata(options);
			const standard = messages.map(toStandard);
			const chunks = _streamResponseChunks.call(adapter, standard, asked.options, manager);
			for await (const chunk of chunks) {
				addMetadata(chunk, asked.facts());
				yield chunk;
			}
		},
	});
}

/** About four bytes make a token. LangChain itself would fetch a tokenizer from the web to count. */
function estimateTokens(content: unknown): number {
	const parts = Array.isArray(content) ? content : [content];
	const texts = parts.map((part) => (isRecord(part) ? String(part.text ?? '') : String(part)));
	return Math.ceil(Buffer.byteLength(texts.join('')) / 4);
}

/** Options under which our model tells the facts of its answer, which are handed out once. */
function withMetadata(options: Options) {
	let told: ResponseMetadata | undefined;
	const onFacts = (metadata: ResponseMetadata) => void (told = metadata);
	const metadata = (): ResponseMetadata | undefined => {
		const once = told;
		told = undefined;
		return once;
	};
	return { options: { ...options, onFacts }, facts: metadata };
}

/** `reasoning_content` is where n8n's agents look for what has to go along with tool calls. */
function addMetadata(generation: Generation, metadata: ResponseMetadata | undefined): void {
	const { message } = generation;
	flattenText(message);
	if (!metadata) return;
	generation.generationInfo = { ...generation.generationInfo, ...metadata };
	message.response_metadata = { ...message.response_metadata, ...metadata };
	if (metadata.reasoning) {
		message.additional_kwargs = {
			...message.additional_kwargs,
			reasoning_content: metadata.reasoning,
		};
	}
}

/** Not all that reads the content copes with a list where a text would do. */
function flattenText(message: LangChainMessage): void {
	const { content } = message;
	if (!Array.isArray(content)) return;
	const texts = content.map((part) => (isRecord(part) && part.type === 'text' ? part.text : null));
	if (!texts.includes(null)) message.content = texts.join('');
}

/** The same message with its parts in LangChain's standard form, the only one that the SDK reads. */
function toStandard(message: LangChainMessage): LangChainMessage {
	const { content, additional_kwargs: extra } = message;
	const reasoning = extra?.reasoning_content;
	const hasReasoning = typeof reasoning === 'string' && reasoning !== '';
	if (!Array.isArray(content) && !hasReasoning) return message;
	const parts = Array.isArray(content) ? content : [{ type: 'text', text: content }];
	const standard = parts.map((part) => (isRecord(part) ? toStandardPart(part) : part));
	const value = hasReasoning ? [{ type: 'reasoning', reasoning }, ...standard] : standard;
	return Object.create(message, { content: { value, enumerable: true } }) as LangChainMessage;
}

function toStandardPart(part: Record<string, unknown>): Record<string, unknown> {
	if (part.type !== 'image_url') return { ...part, mimeType: part.mimeType ?? part.mime_type };
	const { url, detail } = isRecord(part.image_url)
		? part.image_url
		: { url: part.image_url, detail: undefined };
	const inline = /^data:([^;,]+);base64,(.*)$/s.exec(String(url));
	return {
		type: 'image',
		...(inline ? { mimeType: inline[1], data: inline[2] } : { url }),
		...(detail !== undefined && { metadata: { detail } }),
	};
}

/** n8n's log of language models finds tokens and cost where the adapter leaves them only in part. */
function logUsage(callbacks: unknown): void {
	const handlers = Array.isArray(callbacks) ? callbacks.filter(isRecord) : [];
	for (const { name, options } of handlers) {
		if (name === 'N8nLlmTracing' && isRecord(options)) options.tokensUsageParser = toTokens;
	}
}

/** Tokens and US dollars of an answer, in n8n's words; zeros have n8n estimate them. */
function toTokens({ generations }: { generations: Generation[][] }) {
	const metadata = (generations[0]?.[0]?.generationInfo ?? {}) as Partial<ResponseMetadata>;
	const { inputTokens = 0, outputTokens = 0, totalTokens } = metadata.usage ?? {};
	return {
		promptTokens: inputTokens,
		completionTokens: outputTokens,
		totalTokens: totalTokens ?? inputTokens + outputTokens,
		...(metadata.cost && { cost: metadata.cost.usd }),
	};
}
