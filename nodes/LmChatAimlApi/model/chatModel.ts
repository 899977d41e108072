import type {
	ChatModel,
	ChatModelConfig,
	GenerateResult,
	Message,
	StreamChunk,
	Tool,
} from '@n8n/ai-node-sdk';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { completionsParser, readChatResponse } from '../../shared/chat/answer';
import { parseChoices } from '../../shared/chat/completion';
import { ThinkTagFilter } from '../../shared/chat/reasoning';
import { CompletionFold, endsAnswer, textOfChunk } from '../../shared/chat/stream';
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
import { toResponseMetadata, type ResponseMetadata } from './responseMetadata';
import { toCallDelta, toContent, toFinishReason, toTextDelta, toTokenUsage } from './sdkFormat';
import { toAdditionalKwargs } from './standardContent';
import { setAnswer, toCarriedAnswer, toGivenId } from './toolCallCache';

/** The options of one call. */
export interface CallConfig extends ChatModelConfig {
	/** LangChain's name for `abortSignal`. */
	signal?: AbortSignal;
	stop?: string[];
	/** Called when the answer is complete, before it or its last chunk is returned. */
	onFacts?: (metadata: ResponseMetadata, kept: Record<string, unknown>) => void;
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

	withTools(tools: Tool[]): AimlApiChatModel {
		// In the same order on every turn, or no provider's cache would know the prompt again.
		const all = [...this.tools, ...tools].sort(byName);
		return new AimlApiChatModel(this.supplies, all);
	}

	async generate(messages: Message[], config: CallConfig = {}): Promise<GenerateResult> {
		const { subNode } = this.supplies;
		return await subNode.ask(async (call) => {
			const written = await this.write(call, messages, config, false);
			const response = await call.send(post(written), { check: checkAnswer(call) });
			const read = readWhole(response, call);
			const whole = await withCost(read, call, written);
			const kept = this.keep(whole, call, written);
			const answer = { ...kept, text: joinParagraphs(kept.text, await this.linkFiles(kept)) };
			const metadata = toResponseMetadata(answer, call, written);
			config.onFacts?.(metadata, toAdditionalKwargs(answer));
			return {
				id: answer.id,
				finishReason: toFinishReason(answer),
				usage: toTokenUsage(answer.usage),
				message: { role: 'assistant', content: toContent(answer) },
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
			const written = await this.write(call, messages, config, true);
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
		{ onFacts }: CallConfig,
	): AsyncGenerator<StreamChunk> {
		const filter = new ThinkTagFilter();
		const events = mapErrors(source.events, (error) => withPartialText(error, fold.completion));
		if (!arrived) {
			for await (const event of events) {
				fold.add(event);
				yield* toTextDelta(filter.push(textOfChunk(event)));
			}
		}
		const read = arrived ?? parseAnswer(fold.completion, source.response, call.model);
		const answer = this.keep(await withCost(read, call, written), call, written);
		yield* toTextDelta(arrived ? answer.text : filter.end());
		const links = await this.linkFiles(answer);
		yield* toTextDelta(answer.text && links ? `\n\n${links}` : links);
		yield* answer.calls.map(toCallDelta);
		onFacts?.(toResponseMetadata(answer, call, written), toAdditionalKwargs(answer));
		const usage = toTokenUsage(answer.usage);
		yield { type: 'finish', finishReason: toFinishReason(answer), usage };
	}

	private async write(
		call: SubNodeRequest,
		messages: Message[],
		{ stop }: CallConfig,
		streams: boolean,
	): Promise<ChatBody> {
		const task = { messages, tools: this.tools, stop, streams };
		return await toChatBody(call, task, this.supplies.fields);
	}

	private async linkFiles({ files }: Answer): Promise<string> {
		const { storeFile, hint } = this.supplies;
		return await linkFiles(files, storeFile, hint);
	}

	/**
	 * Caches an answer with tool calls. The calls get n8n's names of the tools, and new IDs if theirs are
	 * in use.
	 */
	private keep(answer: Answer, { model }: SubNodeRequest, { names }: ChatBody): Answer {
		if (isTruncated(answer)) {
			this.supplies.hint(
				"An answer was cut off at the token limit. Raise it in 'Model Parameters'.",
			);
		}
		if (!answer.calls.length) return answer;
		const { text, reasoning } = answer;
		const calls = answer.calls.map((call) => ({ ...call, name: names.toN8n(call.name) }));
		const kept = setAnswer({ model, text, reasoning, calls });
		return {
			...answer,
			carried: toCarriedAnswer(kept),
			calls: kept.calls.map(({ givenId, ...call }) => ({
				...call,
				id: toGivenId(kept, { givenId, ...call }),
			})),
		};
	}
}

interface OpenedStream {
	call: SubNodeRequest;
	written: ChatBody;
	source: EventSource;
	fold: CompletionFold;
	/** The complete answer, if it arrived before the first text was returned. */
	answer: Answer | undefined;
}

const byName = (one: Tool, other: Tool): number =>
	one.name < other.name ? -1 : Number(one.name > other.name);

/** An answer that tells what the provider's cache saved, too. */
async function withCost(answer: Answer, call: SubNodeRequest, { body }: ChatBody): Promise<Answer> {
	const pricing = async () => await call.pricing(CHAT_COMPLETIONS);
	return { ...answer, cost: await withSavings(answer.cost, answer.usage, body, pricing) };
}

const joinParagraphs = (...paragraphs: string[]): string => paragraphs.filter(Boolean).join('\n\n');

const post = ({ body }: ChatBody): Partial<IHttpRequestOptions> => ({
	method: CHAT_COMPLETIONS.method,
	url: CHAT_COMPLETIONS.path,
	body: body as IHttpRequestOptions['body'],
});

/** Finds why an agent cannot go on with a response. */
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
	const reading = readChatResponse(response, completionsParser, model);
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
