import { isRecord } from '../../shared/json';
import type { CallConfig } from '../model/chatModel';
import type { ResponseMetadata } from '../model/responseMetadata';
import { toStandard, type MessageOfLangChain } from '../model/standardContent';
import { withStructuredOutput } from '../model/structuredOutput';
import { estimateTokens, toTokens } from '../model/tokens';

interface Generation {
	message: MessageOfLangChain;
	/** Shown in n8n's run log. */
	generationInfo?: Record<string, unknown>;
}

type Options = Record<string, unknown>;

/** The collected metadata of an answer. */
interface Told {
	metadata: ResponseMetadata;
	kept: Record<string, unknown>;
}

/** The LangChain chat model that n8n's SDK makes of ours. */
interface Adapter {
	callbacks?: unknown;
	_generate(
		messages: MessageOfLangChain[],
		options: Options,
		manager?: unknown,
	): Promise<{ generations: Generation[] }>;
	_streamResponseChunks(
		messages: MessageOfLangChain[],
		options: Options,
		manager?: unknown,
	): AsyncGenerator<Generation>;
	bindTools(tools: unknown): Adapter;
	pipe(read: (answer: unknown) => unknown): unknown;
}

/**
 * Adds what the SDK's adapter (@n8n/ai-node-sdk 0.31) loses: images as n8n's agents and chains send them,
 * reasoning where they look for it, model, tokens and cost for the run log, and a token count without
 * network access. Anything but that adapter stays unchanged.
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

		withStructuredOutput: (schema: object, options?: object) =>
			withStructuredOutput(adapter, schema, options),

		async _generate(messages: MessageOfLangChain[], options: Options, manager?: unknown) {
			const asked = withMetadata(options);
			const standard = messages.map(toStandard);
			const result = await _generate.call(adapter, standard, asked.options, manager);
			for (const generation of result.generations) addMetadata(generation, asked.facts());
			return result;
		},

		async *_streamResponseChunks(
			messages: MessageOfLangChain[],
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

/** Call options that collect the metadata of the answer, to be read once. */
function withMetadata(options: Options) {
	let told: Told | undefined;
	const onFacts: CallConfig['onFacts'] = (metadata, kept) => void (told = { metadata, kept });
	const metadata = (): Told | undefined => {
		const once = told;
		told = undefined;
		return once;
	};
	return { options: { ...options, onFacts }, facts: metadata };
}

function addMetadata(generation: Generation, told: Told | undefined): void {
	const { message } = generation;
	flattenText(message);
	if (!told) return;
	const { metadata, kept } = told;
	generation.generationInfo = { ...generation.generationInfo, ...metadata };
	message.response_metadata = { ...message.response_metadata, ...metadata };
	message.additional_kwargs = { ...message.additional_kwargs, ...kept };
}

/** Turns content that is a single text part into text, since not all readers accept a list. */
function flattenText(message: MessageOfLangChain): void {
	const { content } = message;
	if (!Array.isArray(content)) return;
	const texts = content.map((part) => (isRecord(part) && part.type === 'text' ? part.text : null));
	if (!texts.includes(null)) message.content = texts.join('');
}

/** Makes n8n's LLM log use our tokens and cost, which the adapter passes on only in part. */
function logUsage(callbacks: unknown): void {
	const handlers = Array.isArray(callbacks) ? callbacks.filter(isRecord) : [];
	for (const { name, options } of handlers) {
		if (name === 'N8nLlmTracing' && isRecord(options)) options.tokensUsageParser = toTokens;
	}
}
