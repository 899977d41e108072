import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { CHAT_COMPLETIONS } from '../../../shared/catalogue/endpoints';
import { writeChatRequest, type ChatRequest } from '../../../shared/request/chatRequest';
import { readAttachments } from '../../../shared/request/readFiles';
import type { ResponseFormatFields } from '../../../shared/request/responseFormat';
import { readCitations } from '../../../shared/response/chatCompletion';
import type { Call, Operation } from '../../../shared/run/operation';
import { requestCompletion } from './completion';
import { generalChatSchema } from '../../../shared/catalogue/generalChatSchema';
import { parseChoices, type ParsedCompletion } from './jsonChoices';

/** POST /v1/chat/completions: one item for each choice, or the API's body without 'Simplify'. */
export const completeChat: Operation = {
	endpoint: CHAT_COMPLETIONS,
	modelForm: {
		ownProperties: ['model', 'messages', 'response_format'],
		generalSchema: generalChatSchema,
	},
	async perform(call) {
		const request = await readRequest(call);
		const completion = await requestCompletion(call, request.body);
		if (!call.field('simplify', true)) return [{ json: completion.body as IDataObject }];
		const { answerSchema } = request;
		const parsed = answerSchema
			? await parseChoices(call, request, completion, answerSchema)
			: { ...completion, values: [] };
		return toItems(call, parsed, request.droppedParameters);
	},
};

async function readRequest(call: Call): Promise<ChatRequest> {
	const fields = {
		messages: call.field<unknown>('messages', {}),
		attachments: readAttachments(call),
		...readFormatFields(call),
		modelParameters: call.field<{ value?: unknown }>('modelParameters', {})?.value,
		extraBody: call.field<unknown>('extraBody', ''),
		isFallback: call.fallback !== undefined,
	};
	return await writeChatRequest(call.model, fields, async () => await call.requestSchema());
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
	{ model, fallback }: Call,
	{ body, choices, values, usage, cost }: ParsedCompletion,
	droppedParameters: string[],
): INodeExecutionData[] {
	const citations = readCitations(body);
	return choices.map(({ text, reasoning, toolCalls, finishReason }, index) => ({
		json: {
			text,
			...(values[index] !== undefined && { json: values[index] }),
			...(reasoning && { reasoning }),
			...(toolCalls && { toolCalls }),
			...(citations.length && { citations }),
			finishReason,
			model: String(body.model ?? model),
			id: String(body.id ?? ''),
			...(fallback && { fallback: { ...fallback, droppedParameters } }),
			...(index === 0 && usage && { usage }),
			...(index === 0 && cost && { cost }),
		} as IDataObject,
	}));
}
