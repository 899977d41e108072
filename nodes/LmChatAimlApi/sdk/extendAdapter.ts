import { isRecord } from '../../shared/json';
import {
	addMetadata,
	collectMetadata,
	type GenerationOfLangChain as Generation,
} from '../model/responseMetadata';
import { toStandard, type MessageOfLangChain } from '../model/standardContent';
import { withStructuredOutput } from '../model/structuredOutput';
import { estimateTokens, toTokens } from '../model/tokens';

type Options = Record<string, unknown>;

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
	withConfig(options: object): Adapter;
	pipe(read: (answer: unknown) => unknown): unknown;
}

/**
 * Adds what the SDK's adapter (@n8n/ai-node-sdk 0.31) loses: images as n8n's agents and chains send them,
 * reasoning where they look for it, options and callbacks of a model with tools, model, tokens and cost for
 * the run log, and a token count without network access. Anything but that adapter stays unchanged.
 */
export function extendAdapter(supplied: unknown): unknown {
	return isAdapter(supplied) ? extend(supplied) : supplied;
}

const isAdapter = (value: unknown): value is Adapter =>
	['_generate', '_streamResponseChunks', 'bindTools'].every(
		(name) => typeof (value as Record<string, unknown> | undefined)?.[name] === 'function',
	);

function extend(adapter: Adapter): Adapter {
	const { _generate, _streamResponseChunks, bindTools } = adapter;
	logUsage(adapter.callbacks);
	return Object.assign(adapter, {
		getNumTokens: async (content: unknown) => estimateTokens(content),

		bindTools(tools: unknown, options?: object) {
			const { callbacks } = adapter;
			const bound = extend(Object.assign(bindTools.call(adapter, tools), { callbacks }));
			return options ? bound.withConfig(options) : bound;
		},

		withStructuredOutput: (schema: object, options?: object) =>
			withStructuredOutput(adapter, schema, options),

		async _generate(messages: MessageOfLangChain[], options: Options, manager?: unknown) {
			const { onMetadata, take } = collectMetadata();
			const standard = messages.map(toStandard);
			const result = await _generate.call(adapter, standard, { ...options, onMetadata }, manager);
			for (const generation of result.generations) {
				flattenText(generation.message);
				addMetadata(generation, take());
			}
			return result;
		},

		async *_streamResponseChunks(
			messages: MessageOfLangChain[],
			options: Options,
			manager?: unknown,
		) {
			const { onMetadata, take } = collectMetadata();
			const standard = messages.map(toStandard);
			const config = { ...options, onMetadata };
			for await (const chunk of _streamResponseChunks.call(adapter, standard, config, manager)) {
				flattenText(chunk.message);
				addMetadata(chunk, take());
				yield chunk;
			}
		},
	});
}

/** Joins content that is a list of text parts, since not all readers accept a list. */
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
