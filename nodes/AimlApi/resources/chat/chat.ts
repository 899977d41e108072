import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { emptyAnswerError, isWorthSomething, type ChatParser } from '../../../shared/chat/answer';
import type { ChatAnswer, Citation, ToolCall } from '../../../shared/chat/completion';
import type { ChatDialect } from '../../../shared/chat/dialect';
import { toCacheTtl } from '../../../shared/chat/promptCaching';
import type { ResponseFormatFields } from '../../../shared/chat/responseFormat';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import {
	chatTimeoutOption,
	promptCachingOption,
	retryOnTimeoutOption,
	simplifyField,
	streamOption,
} from '../../../shared/descriptions/options';
import { responseFormatFields } from '../../../shared/descriptions/responseFormat';
import { attachmentsFields, attachmentsOption } from '../../descriptions/files';
import { outputFieldOption } from '../../descriptions/mediaOptions';
import { messagesField } from '../../descriptions/messages';
import { createModelOptions } from '../../descriptions/modelFields';
import { getAttachments } from '../../media/inputFiles';
import { getBodyFields } from '../../run/bodyFields';
import { parseChoice } from '../../run/choiceField';
import { fallbackMetadata, type ItemContext } from '../../run/operation';
import { isSimplified } from '../../run/simplify';
import { storeAnswerFiles } from './answerFiles';
import { requestCompletion } from './completion';
import { invalidJsonError, isGood, parseChoices, type ParsedCompletion } from './jsonOutput';
import { toChatRequest, type ChatRequest } from './request';
import { finishResponse, getStreaming, type Streaming } from './streaming';

/** How requests to a chat endpoint are written and its responses parsed. */
interface ChatEndpoint {
	dialect: ChatDialect;
	reader: ChatParser;
}

/** Runs a chat operation for an item: one output item per choice, or the API's body without 'Simplify'. */
export async function executeChat(
	context: ItemContext,
	endpoint: ChatEndpoint,
): Promise<INodeExecutionData[]> {
	const request = await getRequest(context, endpoint.dialect);
	const streaming = await getStreaming(context, endpoint.dialect, request);
	return await finishResponse(
		streaming ?? {},
		async () => await getAnswer(context, endpoint, request, streaming),
	);
}

async function getAnswer(
	context: ItemContext,
	{ reader }: ChatEndpoint,
	request: ChatRequest,
	streaming: Streaming | undefined,
): Promise<{ text: string; result: INodeExecutionData[] }> {
	const send = async () => await requestCompletion(context, reader, request.body, streaming);
	const { sharedBeginning: beginning } = request;
	const completion = await (beginning ? context.afterFirst(beginning, send) : send());
	if (!isSimplified(context)) {
		const [{ text }] = completion.choices;
		return { text, result: [{ json: completion.body as IDataObject }] };
	}
	const { answerSchema } = request;
	const parsed = answerSchema
		? await parseChoices(context, reader, request, completion, answerSchema, streaming)
		: { ...completion, values: [], problems: [] };
	const citations = reader.toCitations(completion.body);
	return {
		text: parsed.choices[0].text,
		result: await toItems(context, parsed, citations, request),
	};
}

async function getRequest(context: ItemContext, dialect: ChatDialect): Promise<ChatRequest> {
	const fields = {
		messages: context.getField<unknown>('messages', {}),
		attachments: await getAttachments(context),
		...getResponseFormatFields(context),
		...getBodyFields(context),
		cacheTtl: toCacheTtl(context.getOption('promptCaching', 'off')),
	};
	return await toChatRequest(context, fields, dialect);
}

function getResponseFormatFields(context: ItemContext): ResponseFormatFields {
	const responseFormat = parseChoice(
		context.getField<unknown>('responseFormat', 'text'),
		'Response Format',
		['text', 'json_object', 'json_schema'],
	);
	if (responseFormat !== 'json_schema') return { responseFormat };
	return {
		responseFormat,
		schemaType: context.getField('schemaType', 'fromJson'),
		jsonSchemaExample: context.getField<unknown>('jsonSchemaExample', ''),
		inputSchema: context.getField<unknown>('inputSchema', ''),
	};
}

/** Only the first good item has usage and cost, so that the sum over the items is right. */
async function toItems(
	context: ItemContext,
	completion: ParsedCompletion,
	citations: Citation[],
	request: ChatRequest,
): Promise<INodeExecutionData[]> {
	const { body, choices, values, problems, usage, cost } = completion;
	const payer = choices.findIndex((_, index) => isGood(completion, index));
	const id = String(body.id ?? '');
	const items: INodeExecutionData[] = [];
	for (const [index, choice] of choices.entries()) {
		if (!isWorthSomething(choice)) {
			items.push(toFailedChoice(choice, context.model, id));
			continue;
		}
		if (problems[index] !== undefined) {
			const unpaid = { ...completion, usage: undefined, cost: undefined };
			items.push(context.toFailedItem(invalidJsonError(unpaid, index)));
			continue;
		}
		const { text, reasoning, toolCalls, finishReason } = choice;
		const { files, binary } = await storeAnswerFiles(context, choice.files, request.body);
		const isPayer = index === payer;
		const json = {
			text,
			...(values[index] !== undefined && { json: values[index] }),
			...(reasoning && { reasoning }),
			...(toolCalls && { toolCalls: toolCalls.map(withExtra) }),
			...(files && { files }),
			...(citations.length && { citations }),
			finishReason,
			model: String(body.model || context.model),
			id,
			...fallbackMetadata(context, request.droppedParameters),
			...(isPayer && usage && { usage }),
			...(isPayer && cost && { cost }),
		} as IDataObject;
		items.push({ json, ...(binary && { binary }) });
	}
	return items;
}

/** The failed item for an empty choice; the other choices are not affected. */
function toFailedChoice(choice: ChatAnswer, model: string, id: string): INodeExecutionData {
	const { message, description } = emptyAnswerError(choice, model);
	return { json: { error: { message, description, model, id } } };
}

/** A tool call in the form to send back in 'Messages'. */
const withExtra = ({ extra, ...call }: ToolCall) => ({ ...call, ...extra?.call });

const repairJsonOption: INodeProperties = {
	displayName: 'Repair Invalid JSON',
	name: 'repairJson',
	type: 'boolean',
	default: true,
	displayOptions: { show: { '/responseFormat': ['json_object', 'json_schema'] } },
	description: 'Whether to ask the model once to correct invalid JSON. This costs another call.',
};

/** Fields of both chat operations. */
export const chatFields: INodeProperties[] = [
	modelField,
	messagesField,
	modelParametersField,
	extraBodyField,
	...attachmentsFields,
	...responseFormatFields,
	simplifyField,
	createModelOptions(
		attachmentsOption,
		promptCachingOption,
		outputFieldOption,
		repairJsonOption,
		retryOnTimeoutOption,
		streamOption,
		chatTimeoutOption,
	),
];
