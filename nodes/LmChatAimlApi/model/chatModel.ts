import type {
	ChatModel,
	ChatModelConfig,
	GenerateResult,
	Message,
	StreamChunk,
	Tool,
} from '@n8n/ai-node-sdk';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { completionsParser, parseChatResponse } from '../../shared/chat/answer';
import { parseChoices } from '../../shared/chat/completion';
import { CompletionFold, endsAnswer, textOfChunk } from '../../shared/chat/stream';
import { StreamedText } from '../../shared/chat/streamedText';
import { ApiError, infoOf } from '../../shared/errors/ApiError';
import { CHAT_COMPLETIONS } from '../../shared/models/endpoints';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { CheckAnswer } from '../../shared/transport/checkResponse';
import type { EventSource, StreamFormat } from '../../shared/transport/serverSentEvents';
import { withSavings } from '../../shared/transport/savings';
import { mapErrors, type SubNode, type SubNodeRequest } from '../../shared/transport/subNodeClient';
import { linkFiles, type StoreFile } from './answerFiles';
import { toChatBody, type ChatBody, type ChatModelFields } from './chatBody';
import { isTruncated, parseAnswer, type Answer } from './parseAnswer';
import { toResponseMetadata, type AnswerMetadata } from './responseMetadata';
import { toCallDelta, toContent, toFinishReason, toTextDelta, toTokenUsage } from './sdkFormat';
import { toAdditionalKwargs } from './standardContent';
import { setAnswer, toCarriedAnswer, toGivenId } from './toolCallCache';
import type { ToolNames } from './toolNames';

/** The options of one call. */
export interface CallConfig extends ChatModelConfig {
	/** LangChain's name for `abortSignal`. */
	signal?: AbortSignal;
	stop?: string[];
	/** In LangChain's or OpenAI's form, or the name of a tool. */
	tool_choice?: unknown;
	/** Called once the answer is complete, before it or its last chunk is returned. */
	onMetadata?: (metadata: AnswerMetadata) => void;
}

/** What the node provides to the model. */
export interface Supplies {
	subNode: SubNode;
	fields: ChatModelFields;
	/** Shows a note on the node in the editor. */
	hint: (message: string) => void;
	storeFile: StoreFile;
}

/** How the events of a streamed completion are interpreted. */
const CHAT_STREAM: StreamFormat = {
	begins: (event) => textOfChunk(event) !== '',
	ends: endsAnswer,
};

/** A chat model for n8n's SDK, with retries and fallback models. */
export class AimlApiChatModel implements ChatModel {
	readonly provider = 'aimlapi';
	readonly modelId: string;

	constructor(
		private readonly supplies: Supplies,
		private readonly tools: Tool[] = [],
	) {
		this.modelId = supplies.subNode.model;
	}

	/** Adds tools; one replaces another of its name. */
	withTools(tools: Tool[]): AimlApiChatModel {
		const byName = new Map([...this.tools, ...tools].map((tool) => [tool.name, tool]));
		// Sorted, since a provider's cache only recognizes a prompt that begins the same on every turn.
		const all = [...byName.values()].sort(compareNames);
		return new AimlApiChatModel(this.supplies, all);
	}

	async generate(messages: Message[], config: CallConfig = {}): Promise<GenerateResult> {
		const { subNode } = this.supplies;
		return await subNode.ask(async (call) => {
			const written = await this.toBody(call, messages, config, false);
			const response = await call.send(post(written), { check: checkAnswer(call) });
			const answer = await this.complete(readWhole(response, call), call, written);
			const text = joinParagraphs(answer.text, await this.linkFiles(answer));
			const metadata = toResponseMetadata(answer, call, written);
			config.onMetadata?.({ metadata, additionalKwargs: toAdditionalKwargs(answer) });
			return {
				id: answer.id,
				finishReason: toFinishReason(answer),
				usage: toTokenUsage(answer.usage),
				message: { role: 'assistant', content: toContent({ ...answer, text }) },
				providerMetadata: { ...metadata },
			};
		}, config.signal ?? config.abortSignal);
	}

	/**
	 * Streams the text as it arrives, and tool calls once they are complete. Errors before the first text
	 * are retried like those of any request.
	 */
	async *stream(messages: Message[], config: CallConfig = {}): AsyncGenerator<StreamChunk> {
		const { subNode } = this.supplies;
		const signal = config.signal ?? config.abortSignal;
		const opened = await subNode.ask(async (call): Promise<OpenedStream> => {
			const written = await this.toBody(call, messages, config, true);
			return await call.openEvents(post(written), {
				format: CHAT_STREAM,
				check: checkAnswer(call),
				begin: async (source) => {
					const fold = new CompletionFold();
					// A complete answer is checked here, where it can still be replaced by another.
					return { call, written, source, fold, answer: await readArrived(source, fold, call) };
				},
			});
		}, signal);
		yield* subNode.relay(opened.call.model, this.readStream(opened, config), signal);
	}

	private async *readStream(
		{ call, written, source, fold, answer: arrived }: OpenedStream,
		{ onMetadata }: CallConfig,
	): AsyncGenerator<StreamChunk> {
		const streamed = new StreamedText();
		const events = mapErrors(source.events, (error) => withPartialText(error, fold.completion));
		if (!arrived) {
			for await (const event of events) {
				fold.add(event);
				yield* toTextDelta(streamed.push(textOfChunk(event)));
			}
		}
		const parsed = arrived ?? parseAnswer(fold.completion, source.response, call.model);
		const answer = await this.complete(parsed, call, written);
		yield* toTextDelta(arrived ? answer.text : streamed.end());
		const links = await this.linkFiles(answer);
		yield* toTextDelta(answer.text && links ? `\n\n${links}` : links);
		yield* answer.calls.map(toCallDelta);
		const metadata = toResponseMetadata(answer, call, written);
		onMetadata?.({ metadata, additionalKwargs: toAdditionalKwargs(answer) });
		const usage = toTokenUsage(answer.usage);
		yield { type: 'finish', finishReason: toFinishReason(answer), usage };
	}

	private async toBody(
		call: SubNodeRequest,
		messages: Message[],
		{ stop, tool_choice: toolChoice }: CallConfig,
		streams: boolean,
	): Promise<ChatBody> {
		const task = { messages, tools: this.tools, toolChoice, stop, streams };
		return await toChatBody(call, task, this.supplies.fields);
	}

	private async linkFiles({ files }: Answer): Promise<string> {
		const { storeFile, hint } = this.supplies;
		return await linkFiles(files, storeFile, hint);
	}

	/** Adds to an answer what its cached input saved, and prepares its tool calls for n8n. */
	private async complete(
		answer: Answer,
		call: SubNodeRequest,
		{ body, names }: ChatBody,
	): Promise<Answer> {
		if (isTruncated(answer)) {
			this.supplies.hint(
				"An answer was cut off at the token limit. Raise it in 'Model Parameters'.",
			);
		}
		const pricing = async () => await call.pricing(CHAT_COMPLETIONS);
		const cost = await withSavings(answer.cost, answer.usage, body, pricing);
		return { ...answer, cost, ...(answer.calls.length && cacheCalls(answer, call, names)) };
	}
}

/** Caches tool calls. They get n8n's names of the tools, and new IDs if theirs are in use. */
function cacheCalls(
	{ text, reasoning, calls }: Answer,
	{ model }: SubNodeRequest,
	names: ToolNames,
): Pick<Answer, 'carried' | 'calls'> {
	const renamed = calls.map((call) => ({ ...call, name: names.toN8n(call.name) }));
	const cached = setAnswer({ model, text, reasoning, calls: renamed });
	return {
		carried: toCarriedAnswer(cached),
		calls: cached.calls.map(({ givenId, ...call }) => ({
			...call,
			id: toGivenId(cached, { givenId, ...call }),
		})),
	};
}

interface OpenedStream {
	call: SubNodeRequest;
	written: ChatBody;
	source: EventSource;
	fold: CompletionFold;
	/** The answer, if all of it had arrived when the stream was opened. */
	answer: Answer | undefined;
}

const compareNames = (one: Tool, other: Tool): number =>
	one.name < other.name ? -1 : Number(one.name > other.name);

const joinParagraphs = (...paragraphs: string[]): string => paragraphs.filter(Boolean).join('\n\n');

const post = ({ body }: ChatBody): Partial<IHttpRequestOptions> => ({
	method: CHAT_COMPLETIONS.method,
	url: CHAT_COMPLETIONS.path,
	body: body as IHttpRequestOptions['body'],
});

/** The error that keeps an agent from continuing with a response, if any. */
const checkAnswer =
	(call: SubNodeRequest): CheckAnswer =>
	(response) => {
		try {
			readWhole(response, call);
			return undefined;
		} catch (error) {
			return infoOf(error);
		}
	};

/** Parses an answer that isn't streamed. @throws ApiError unless an agent can continue with it */
function readWhole(response: ApiResponse, { model }: SubNodeRequest): Answer {
	const reading = parseChatResponse(response, completionsParser, model);
	if (reading.error) throw new ApiError(reading.error);
	return parseAnswer(reading.body, response, model);
}

/** The complete answer, if all of it has arrived. */
async function readArrived(
	{ events, isOver, response }: EventSource,
	fold: CompletionFold,
	call: SubNodeRequest,
): Promise<Answer | undefined> {
	if (!isOver) return undefined;
	if (response.bytes.length) return readWhole(response, call);
	for await (const event of events) fold.add(event);
	return parseAnswer(fold.completion, response, call.model);
}

/** Adds the partial text to the description, since n8n's chat shows nothing else. */
function withPartialText(error: unknown, completion: unknown): unknown {
	if (!(error instanceof ApiError)) return error;
	const text = parseChoices(completion)[0]?.text ?? '';
	const { info } = error;
	const arrived = text
		? `The answer broke off after ${quoteEnd(text)}.`
		: 'The answer broke off before its first word.';
	return new ApiError({ ...info, description: `${arrived} ${info.description}` });
}

const MAX_QUOTE_LENGTH = 300;

const quoteEnd = (text: string): string =>
	text.length > MAX_QUOTE_LENGTH
		? `${text.length} characters, the last being “${text.slice(-MAX_QUOTE_LENGTH)}”`
		: `“${text}”`;
