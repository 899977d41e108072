import type { GenerationOfLangChain } from '../model/responseMetadata';
import type { AiMessage, LangChainMessage } from './messages';

/** An answer, or a chunk of one. */
export interface Generation extends GenerationOfLangChain {
	text: string;
	message: AiMessage;
}

interface LlmResult {
	generations: Generation[][];
	llmOutput?: Record<string, unknown>;
}

/** One model call, as LangChain's callback manager tracks it. */
export interface Run {
	runId: string;
	handlers?: Handler[];
	handleLLMNewToken(
		token: string,
		index: object,
		runId?: string,
		parentRunId?: string,
		tags?: string[],
		fields?: { chunk: Generation },
	): Promise<void>;
	handleLLMEnd(result: LlmResult): Promise<void>;
	handleLLMError(error: unknown): Promise<void>;
}

/** Callbacks for model calls; all are optional. */
export interface Handler {
	name?: string;
	/** Set by handlers that need chunks even of answers that aren't streamed. */
	lc_prefer_streaming?: boolean;
	handleChatModelStart?(
		model: object,
		messages: LangChainMessage[][],
		runId: string,
		parentRunId?: string,
		extra?: object,
	): unknown;
	handleLLMStart?(model: object, prompts: string[], runId: string): unknown;
	handleLLMNewToken?(
		token: string,
		index: object,
		runId: string,
		parentRunId?: string,
		tags?: string[],
		fields?: { chunk: Generation },
	): unknown;
	handleLLMEnd?(result: LlmResult, runId: string): unknown;
	handleLLMError?(error: unknown, runId: string): unknown;
}

/** The part of LangChain's callback manager that a model calls. */
interface Manager {
	copy(handlers: Handler[], inherit: boolean): Manager;
	handleChatModelStart(
		model: object,
		messages: LangChainMessage[][],
		runId: string | undefined,
		parentRunId: string | undefined,
		extra: object,
		tags?: string[],
		metadata?: object,
		runName?: string,
	): Promise<Run[]>;
}

const isManager = (value: unknown): value is Manager =>
	typeof (value as Manager | undefined)?.handleChatModelStart === 'function' &&
	typeof (value as Manager).copy === 'function';

/** The arguments of the start callbacks. */
interface CallStart {
	model: object;
	messages: LangChainMessage[];
	extra: object;
	runName?: string;
}

/**
 * Starts tracking a model call: with the caller's LangChain callback manager if there is one, and with
 * the model's own handlers.
 */
export async function startRun(
	given: unknown,
	own: Handler[],
	{ model, messages, extra, runName }: CallStart,
): Promise<Run> {
	if (isManager(given)) {
		const manager = given.copy(own, false);
		const [run] = await manager.handleChatModelStart(
			model,
			[messages],
			undefined,
			undefined,
			extra,
			undefined,
			undefined,
			runName,
		);
		return run;
	}
	const handlers = [...(Array.isArray(given) ? (given as Handler[]) : []), ...own];
	const run = new HandlerRun(handlers);
	await run.start({ model, messages, extra });
	return run;
}

export const prefersStreaming = ({ handlers = [] }: Run): boolean =>
	handlers.some((handler) => handler.lc_prefer_streaming === true);

let runs = 0;

/** A model call tracked by handlers without LangChain's manager. */
class HandlerRun implements Run {
	readonly runId = `aimlapi-${Date.now().toString(36)}-${++runs}`;

	constructor(readonly handlers: Handler[]) {}

	async start({ model, messages, extra }: CallStart): Promise<void> {
		await this.callAll((handler) =>
			handler.handleChatModelStart
				? handler.handleChatModelStart(model, [messages], this.runId, undefined, extra)
				: handler.handleLLMStart?.(model, [transcriptOf(messages)], this.runId),
		);
	}

	async handleLLMNewToken(...[token, index, , , , fields]: Parameters<Run['handleLLMNewToken']>) {
		await this.callAll((handler) =>
			handler.handleLLMNewToken?.(token, index, this.runId, undefined, undefined, fields),
		);
	}

	async handleLLMEnd(result: LlmResult): Promise<void> {
		await this.callAll((handler) => handler.handleLLMEnd?.({ ...result }, this.runId));
	}

	async handleLLMError(error: unknown): Promise<void> {
		await this.callAll((handler) => handler.handleLLMError?.(error, this.runId));
	}

	/** As in LangChain, an error in a handler doesn't fail the call. */
	private async callAll(call: (handler: Handler) => unknown): Promise<void> {
		await Promise.allSettled(this.handlers.map(async (handler) => await call(handler)));
	}
}

const SPEAKERS: Record<string, string> = {
	human: 'Human',
	ai: 'AI',
	system: 'System',
	tool: 'Tool',
};

/** A conversation as one text, for n8n's run log. */
export const transcriptOf = (messages: LangChainMessage[]): string =>
	messages
		.map((message) => {
			const { content } = message;
			const speaker = SPEAKERS[message._getType()] ?? message._getType();
			return `${speaker}: ${typeof content === 'string' ? content : JSON.stringify(content)}`;
		})
		.join('\n');
