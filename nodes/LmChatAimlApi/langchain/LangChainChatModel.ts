import type { GenerateResult, StreamChunk, TokenUsage, Tool } from '@n8n/ai-node-sdk';
import { isRecord } from '../../shared/json';
import type { AimlApiChatModel } from '../model/chatModel';
import { addMetadata, collectMetadata } from '../model/responseMetadata';
import { withStructuredOutput } from '../model/structuredOutput';
import { estimateTokens } from '../model/tokens';
import { prefersStreaming, startRun, type Generation, type Handler, type Run } from './callbacks';
import {
	AiMessage,
	inClassOf,
	toConversation,
	toSdkMessage,
	type LangChainMessage,
	type ToolCall,
	type UsageMetadata,
} from './messages';
import { Runnable, type RunnableConfig } from './runnable';
import { toSdkTool } from './tools';

/**
 * A LangChain chat model without LangChain, for n8n before 2.16, which has no SDK. LangChain and n8n
 * recognize it by `lc_namespace`, `_modelType` and `bindTools`, not by its class.
 */
export class LangChainChatModel extends Runnable {
	override lc_namespace = ['langchain', 'chat_models', 'aimlapi'];
	/** n8n's Model Selector adds its own handlers. */
	callbacks: Handler[];

	constructor(
		private readonly model: AimlApiChatModel,
		handlers: Handler[],
	) {
		super();
		this.callbacks = handlers;
	}

	_llmType(): string {
		return 'n8n-chat-model';
	}

	_modelType(): string {
		return 'base_chat_model';
	}

	/** Options that LangChain's older chains pass to a model. */
	get callKeys(): string[] {
		return ['stop', 'signal', 'timeout', 'tags', 'metadata', 'callbacks'];
	}

	toJSON(): { kwargs: object; [field: string]: unknown } {
		const { modelId: model } = this.model;
		return { lc: 1, type: 'constructor', id: [...this.lc_namespace], kwargs: { model } };
	}

	async getNumTokens(content: unknown): Promise<number> {
		return estimateTokens(content);
	}

	bindTools(tools: unknown[], config?: RunnableConfig): Runnable {
		const bound = new LangChainChatModel(
			this.model.withTools(tools.map(toSdkTool) as Tool[]),
			this.callbacks,
		);
		return config ? bound.withConfig(config) : bound;
	}

	withStructuredOutput(schema: object, options?: object): Runnable {
		return withStructuredOutput(this, schema, options);
	}

	async invoke(input: unknown, config: RunnableConfig = {}): Promise<AiMessage> {
		return (await this.answer(toConversation(input), config)).message;
	}

	/** Called by LangChain's older chains. */
	async generatePrompt(
		prompts: unknown[],
		config?: RunnableConfig | string[],
		callbacks?: unknown,
	): Promise<{ generations: Generation[][] }> {
		return await this.generate(prompts.map(toConversation), config, callbacks);
	}

	async generate(
		conversations: unknown[][],
		config: RunnableConfig | string[] = {},
		callbacks?: unknown,
	): Promise<{ generations: Generation[][] }> {
		const given = Array.isArray(config) ? { stop: config } : config;
		const answers = conversations.map(
			async (conversation) =>
				await this.answer(toConversation(conversation), { callbacks, ...given }),
		);
		return { generations: (await Promise.all(answers)).map((answer) => [answer]) };
	}

	private async answer(messages: LangChainMessage[], config: RunnableConfig): Promise<Generation> {
		const run = await this.start(messages, config);
		return await reportErrors(run, async () => {
			const answer = prefersStreaming(run)
				? await this.collect(run, messages, config)
				: await this.askOnce(messages, config);
			answer.message.id ??= `run-${run.runId}`;
			await end(run, answer);
			return answer;
		});
	}

	protected override async *chunks(input: unknown, config: RunnableConfig = {}) {
		const messages = toConversation(input);
		const run = await this.start(messages, config);
		const chunks = this.generations(run, messages, config);
		const next = async () => await reportErrors(run, async () => await chunks.next());
		let whole: Generation | undefined;
		try {
			for (let chunk = await next(); !chunk.done; chunk = await next()) {
				whole = join(whole, chunk.value);
				yield chunk.value.message;
			}
		} finally {
			await chunks.return(undefined);
		}
		if (whole) await end(run, whole);
	}

	private async start(messages: LangChainMessage[], config: RunnableConfig): Promise<Run> {
		return await startRun(config.callbacks, this.callbacks, {
			model: this.toJSON(),
			messages,
			extra: { options: { stop: config.stop }, invocation_params: {}, batch_size: 1 },
			runName: config.runName,
		});
	}

	private async collect(
		run: Run,
		messages: LangChainMessage[],
		config: RunnableConfig,
	): Promise<Generation> {
		let whole: Generation | undefined;
		for await (const chunk of this.generations(run, messages, config)) whole = join(whole, chunk);
		return whole!;
	}

	private async askOnce(
		messages: LangChainMessage[],
		{ signal, stop, tool_choice }: RunnableConfig,
	) {
		const { onMetadata, take } = collectMetadata();
		const config = { signal, stop, tool_choice, onMetadata };
		const result = await this.model.generate(messages.map(toSdkMessage), config);
		const answer = toGeneration(inClassOf(messages, toAnswer(result)));
		addMetadata(answer, take());
		return answer;
	}

	/** The chunks of an answer; the last one has its metadata. */
	private async *generations(
		run: Run,
		messages: LangChainMessage[],
		{ signal, stop, tool_choice }: RunnableConfig,
	): AsyncGenerator<Generation> {
		const { onMetadata, take } = collectMetadata();
		const config = { signal, stop, tool_choice, onMetadata };
		for await (const part of this.model.stream(messages.map(toSdkMessage), config)) {
			const chunk = toGeneration(inClassOf(messages, toChunk(part)));
			chunk.message.id = `run-${run.runId}`;
			if (part.type === 'finish') addMetadata(chunk, take());
			await run.handleLLMNewToken(chunk.text, INDEX, undefined, undefined, undefined, { chunk });
			yield chunk;
		}
	}
}

/** A call has one prompt and one completion. */
const INDEX = { prompt: 0, completion: 0 };

async function reportErrors<T>(run: Run, work: () => Promise<T>): Promise<T> {
	return await work().catch(async (error: unknown) => {
		await run.handleLLMError(error);
		throw error;
	});
}

async function end(run: Run, answer: Generation): Promise<void> {
	const { usage_metadata: usage } = answer.message;
	const tokenUsage = usage && {
		promptTokens: usage.input_tokens,
		completionTokens: usage.output_tokens,
		totalTokens: usage.total_tokens,
	};
	await run.handleLLMEnd({ generations: [[answer]], llmOutput: { tokenUsage } });
}

const toGeneration = (message: AiMessage): Generation => ({ text: message.content, message });

function toAnswer({ id, message, usage }: GenerateResult): AiMessage {
	const texts = message.content.map((part) => (part.type === 'text' ? part.text : ''));
	const calls = message.content.flatMap((part) =>
		part.type === 'tool-call' ? toToolCall(part.toolCallId, part.toolName, part.input) : [],
	);
	return new AiMessage({
		content: texts.join(''),
		...(id && { id }),
		tool_calls: calls,
		usage_metadata: toUsage(usage),
	});
}

function toChunk(part: StreamChunk): AiMessage {
	switch (part.type) {
		case 'text-delta':
			return new AiMessage({ content: part.delta });
		case 'tool-call-delta': {
			const { id, name, argumentsDelta } = part;
			return new AiMessage({ content: '', tool_calls: [toToolCall(id, name, argumentsDelta)] });
		}
		case 'finish':
			return new AiMessage({ content: '', usage_metadata: toUsage(part.usage) });
		default:
			return new AiMessage({ content: '' });
	}
}

function toToolCall(id = '', name = '', written = '{}'): ToolCall {
	const args: unknown = JSON.parse(written);
	return { type: 'tool_call', id, name, args: isRecord(args) ? args : {} };
}

function toUsage(usage: TokenUsage | undefined): UsageMetadata | undefined {
	if (!usage) return undefined;
	const { promptTokens, completionTokens, totalTokens, outputTokenDetails } = usage;
	return {
		input_tokens: promptTokens,
		output_tokens: completionTokens,
		total_tokens: totalTokens,
		...(outputTokenDetails && { output_token_details: outputTokenDetails }),
	};
}

function join(whole: Generation | undefined, chunk: Generation): Generation {
	if (!whole) return chunk;
	const message = whole.message.concat(chunk.message);
	const generationInfo = { ...whole.generationInfo, ...chunk.generationInfo };
	return { text: message.content, message, generationInfo };
}
