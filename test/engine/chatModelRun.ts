import { NodeConnectionTypes, type IDataObject, type INodeParameters } from 'n8n-workflow';
import { LmChatAimlApi } from '../../nodes/LmChatAimlApi/LmChatAimlApi.node';
import type { Sandbox } from '../../sandbox';
import { runSubNode, type SubNodeRun, type SubNodeRunResult } from './runSubNode';

/** A message as LangChain takes it in place of one of its own. */
export type MessageLike = { role: string; content: unknown; [property: string]: unknown };

/** An answer as LangChain gives it. */
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
export interface ChatModelRun extends Partial<Omit<SubNodeRun<ChatModel>, 'use' | 'parameters'>> {
	/** Id, or an expression. */
	model?: string;
	/** Values of 'Model Parameters'. */
	modelParameters?: Record<string, unknown>;
	/** Further fields of the node. */
	fields?: INodeParameters;
}

/** Supplies the Chat Model against the sandbox in n8n-core's engine and uses it for each item. */
export async function runChatModel(
	sandbox: Pick<Sandbox, 'apiKey' | 'url'>,
	{ model = 'openai/gpt-4o-mini', modelParameters, fields, ...rest }: ChatModelRun,
	use: (model: ChatModel, itemIndex: number) => Promise<unknown>,
): Promise<SubNodeRunResult & { answers: unknown[] }> {
	const answers: unknown[] = [];
	const mapped = { mappingMode: 'defineBelow', value: modelParameters, schema: [] };
	const result = await runSubNode<ChatModel>({
		node: new LmChatAimlApi(),
		connection: NodeConnectionTypes.AiLanguageModel,
		credential: { apiKey: sandbox.apiKey, url: sandbox.url },
		parameters: {
			model: { __rl: true, mode: 'id', value: model },
			...(modelParameters && { modelParameters: mapped as unknown as INodeParameters }),
			...fields,
		},
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

/** All pieces of a streamed answer, and the answer they make. */
export async function readStream(stream: AsyncIterable<AiMessage>) {
	const texts: string[] = [];
	let whole: AiMessage | undefined;
	for await (const chunk of stream) {
		if (chunk.text) texts.push(chunk.text);
		whole = whole ? whole.concat(chunk) : chunk;
	}
	return { texts, whole: whole! };
}
