import { NodeConnectionTypes, type IDataObject } from 'n8n-workflow';
import { LmChatAimlApi } from '../../nodes/LmChatAimlApi/LmChatAimlApi.node';
import { toParameters, type Api, type ModelFields } from './operationRun';
import { runSubNode, type SubNodeRun, type SubNodeRunResult } from './runSubNode';

/** A message in the form that LangChain accepts beside its own classes. */
export type MessageLike = { role: string; content: unknown; [property: string]: unknown };

/** An answer in LangChain's form. */
export interface AiMessage {
	text: string;
	content: unknown;
	tool_calls: ToolCall[];
	additional_kwargs: Record<string, unknown>;
	response_metadata: Record<string, unknown>;
	usage_metadata?: Record<string, unknown>;
	concat(more: AiMessage): AiMessage;
}

export interface ToolCall {
	id: string;
	name: string;
	args: Record<string, unknown>;
}

/** What n8n's agents and chains do with a chat model. */
export interface ChatModel {
	invoke(
		messages: Array<MessageLike | AiMessage>,
		options?: Record<string, unknown>,
	): Promise<AiMessage>;
	stream(
		messages: Array<MessageLike | AiMessage>,
		options?: Record<string, unknown>,
	): Promise<AsyncIterable<AiMessage>>;
	bindTools(tools: object[]): ChatModel;
	getNumTokens(content: unknown): Promise<number>;
}

/** A run of a node that uses the Chat Model, with what a test does not care about filled in. */
export interface ChatModelRun
	extends ModelFields,
		Partial<Omit<SubNodeRun<ChatModel>, 'use' | 'parameters'>> {}

/** Supplies the Chat Model against the API in n8n-core's engine and uses it for each item. */
export async function runChatModel(
	api: Api,
	{ model = 'openai/gpt-4o-mini', modelParameters, fields, ...rest }: ChatModelRun,
	use: (model: ChatModel, itemIndex: number) => Promise<unknown>,
): Promise<SubNodeRunResult & { answers: unknown[] }> {
	const answers: unknown[] = [];
	const result = await runSubNode<ChatModel>({
		node: new LmChatAimlApi(),
		connection: NodeConnectionTypes.AiLanguageModel,
		credential: { apiKey: api.apiKey, url: api.url },
		parameters: toParameters({ model, modelParameters, fields }),
		use: async (supplied, item): Promise<IDataObject> => {
			answers[item] = await use(supplied, item);
			return {};
		},
		...rest,
	});
	return { ...result, answers };
}

/** A tool as n8n's agents bind it. */
export const tool = (name: string, properties: Record<string, object> = { city: CITY }) => ({
	type: 'function',
	function: {
		name,
		description: `Knows the ${name}`,
		parameters: { type: 'object', properties, required: Object.keys(properties) },
	},
});

const CITY = { type: 'string', enum: ['Paris'] };

export type Conversation = Array<MessageLike | AiMessage>;

/** The two ways in which n8n gets an answer. */
export const WAYS = {
	'in one piece': async (model: ChatModel, messages: Conversation) => await model.invoke(messages),
	streamed: async (model: ChatModel, messages: Conversation) =>
		(await readStream(await model.stream(messages))).whole,
};

/** The texts of a streamed answer, and the whole answer. */
export async function readStream(stream: AsyncIterable<AiMessage>) {
	const texts: string[] = [];
	let whole: AiMessage | undefined;
	for await (const chunk of stream) {
		if (chunk.text) texts.push(chunk.text);
		whole = whole ? whole.concat(chunk) : chunk;
	}
	return { texts, whole: whole! };
}
