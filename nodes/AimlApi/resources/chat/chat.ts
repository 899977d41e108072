import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ChatDialect } from '../../../shared/chat/dialect';
import { writeChatRequest, type ChatRequest } from './request';
import { readAttachments } from '../../media/inputFiles';
import type { ResponseFormatFields } from '../../../shared/chat/responseFormat';
import type { Citation } from '../../../shared/chat/completion';
import { factsOfFallback } from '../../../shared/response/factsOfFallback';
import type { Call } from '../../run/operation';
import { requestCompletion, type ChatReader } from './completion';
import { parseChoices, type ParsedCompletion } from './jsonOutput';

/** A chat endpoint: how requests are written for it and its answers read. */
export interface ChatEndpoint {
	dialect: ChatDialect;
	reader: ChatReader;
}

/** One item of a chat operation: an item for each choice, or the API's body without 'Simplify'. */
export async function answerChat(
	call: Call,
	{ dialect, reader }: ChatEndpoint,
): Promise<INodeExecutionData[]> {
	const request = await readRequest(call, dialect);
	const completion = await requestCompletion(call, reader, request.body);
	if (!call.field('simplify', true)) return [{ json: completion.body as IDataObject }];
	const { answerSchema, droppedParameters } = request;
	const parsed = answerSchema
		? await parseChoices(call, reader, request, completion, answerSchema)
		: { ...completion, values: [] };
	return toItems(call, parsed, reader.readCitations(completion.body), droppedParameters);
}

async function readRequest(call: Call, dialect: ChatDialect): Promise<ChatRequest> {
	const fields = {
		messages: call.field<unknown>('messages', {}),
		attachments: readAttachments(call),
		...readFormatFields(call),
		modelParameters: call.field<{ value?: unknown }>('modelParameters', {})?.value,
		extraBody: call.field<unknown>('extraBody', ''),
		isFallback: call.fallback !== undefined,
	};
	const loadSchema = async () => await call.requestSchema();
	return await writeChatRequest(call.model, fields, loadSchema, dialect);
}

function readFormatFields(call: Call): ResponseFormatFields {
	const responseFormat = call.field<string>('responseFormat', 'text');
	if (responseFormat !== 'json_schema') return { responseFormat };
	return {
		responseFormat,
		schemaType: call.field('schemaType', 'fromJson'),
		jsonSchemaExample: call.field<unknown>('jsonSchemaExample', ''),
		inputSchema: call.field<unknown>('inputSchema', ''),
	};
}

/** Usage and cost stand on the first item only, so that a sum over the items stays true. */
function toItems(
	call: Call,
	{ body, choices, values, usage, cost }: ParsedCompletion,
	citations: Citation[],
	droppedParameters: string[],
): INodeExecutionData[] {
	return choices.map(({ text, reasoning, toolCalls, finishReason }, index) => ({
		json: {
			text,
			...(values[index] !== undefined && { json: values[index] }),
			...(reasoning && { reasoning }),
			...(toolCalls && { toolCalls }),
			...(citations.length && { citations }),
			finishReason,
			model: String(body.model ?? call.model),
			id: String(body.id ?? ''),
			...factsOfFallback(call, droppedParameters),
			...(index === 0 && usage && { usage }),
			...(index === 0 && cost && { cost }),
		} as IDataObject,
	}));
}
