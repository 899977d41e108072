import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import {
	extraBodyField,
	extraBodyOption,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import {
	executionCostLimitOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	optionsField,
	requestIdOption,
	simplifyField,
	simplifyOption,
	timeoutOption,
} from '../../../shared/descriptions/options';
import { toOlderField } from '../../../shared/descriptions/olderField';
import { ApiError } from '../../../shared/errors/ApiError';
import { BATCHES } from '../../../shared/models/endpoints';
import { toBodyParameters } from '../../../shared/parameters/bodyParameters';
import { toTargetModel } from '../../../shared/parameters/targetModel';
import type { ObjectSchema } from '../../../shared/schema/jsonSchema';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { parseCost } from '../../../shared/transport/usage';
import { messagesField } from '../../descriptions/messages';
import { getBodyFields } from '../../run/bodyFields';
import { getMovedField, type ItemContext, type Operation } from '../../run/operation';
import { isSimplified } from '../../run/simplify';
import {
	checkUniqueIds,
	MAX_REQUESTS,
	parseRequestList,
	toBatchRequest,
	type BatchRequest,
} from './requests';
import { parseBatchJob, toBatchItem } from './results';

/** The schema of `params` as the endpoint documents it, the same for all models. */
const batchParameterSchema: ObjectSchema = {
	type: 'object',
	required: [],
	properties: {
		max_tokens: { type: 'number', minimum: 1, default: 1024 },
		temperature: { type: 'number', minimum: 0, maximum: 1, default: 1 },
		top_p: { type: 'number' },
		top_k: { type: 'number' },
		stop_sequences: { type: 'array', items: { type: 'string' } },
		system: { type: 'string' },
		thinking: {
			anyOf: [
				{
					type: 'object',
					properties: {
						type: { type: 'string', enum: ['enabled'] },
						budget_tokens: { type: 'integer', minimum: 1024 },
						display: { type: 'string', enum: ['summarized', 'omitted'] },
					},
					required: ['type', 'budget_tokens'],
				},
				{
					type: 'object',
					properties: {
						type: { type: 'string', enum: ['adaptive'] },
						display: { type: 'string', enum: ['summarized', 'omitted'] },
					},
					required: ['type'],
				},
				{
					type: 'object',
					properties: { type: { type: 'string', enum: ['disabled'] } },
					required: ['type'],
				},
			],
		},
		tools: { type: 'array', items: { type: 'object' } },
		tool_choice: { type: 'object' },
		metadata: { type: 'object', additionalProperties: { type: 'string' } },
	},
};

const customIdOption: INodeProperties = {
	displayName: 'Custom ID',
	name: 'customId',
	type: 'string',
	default: '',
	displayOptions: { show: { '/requestsFrom': ['items'] } },
	placeholder: 'e.g. {{ $json.orderNumber }}',
	description:
		'A unique ID for each item, to match the results, which can come in any order. By default, it is the index of the item, from 0.',
};

const customIdField = toOlderField(customIdOption);

/** Fields of 'Create a Batch'. */
export const createFields: INodeProperties[] = [
	modelField,
	{
		displayName: 'Requests From',
		name: 'requestsFrom',
		type: 'options',
		default: 'items',
		description: 'Where the requests of the batch come from',
		options: [
			{
				name: 'Input Items',
				value: 'items',
				description: 'Each input item becomes one request',
			},
			{
				name: 'List',
				value: 'list',
				description: 'Each input item contains a list of requests',
			},
		],
	},
	messagesField,
	{
		displayName: 'Requests',
		name: 'requests',
		type: 'json',
		required: true,
		default: '[]',
		displayOptions: { show: { requestsFrom: ['list'] } },
		description:
			'A list such as [{"custom_id": "a", "params": {"messages": [{"role": "user", "content": "Hello"}]}}]. The params of a request override the model and the parameters here.',
	},
	modelParametersField,
	extraBodyField,
	customIdField,
	simplifyField,
	{
		...optionsField,
		options: [
			customIdOption,
			executionCostLimitOption,
			extraBodyOption,
			maxRetriesOption,
			maxRateLimitWaitOption,
			requestIdOption,
			simplifyOption,
			timeoutOption,
		],
	},
];

/** A request and the item it comes from. */
interface Entry {
	itemIndex: number;
	request: BatchRequest;
}

/** A created batch with the requests of all items. */
interface Batch {
	response: ApiResponse;
	entries: Entry[];
}

/**
 * POST /v1/batches: the requests of all items become one batch, and one output item is linked to all of
 * them. There is a second batch only if the first is full.
 */
export const createBatch: Operation = {
	endpoint: BATCHES,
	startsPaidJob: true,
	batchesItems: true,
	isModelFixed: true,
	modelForm: {
		excludedProperties: ['model', 'messages'],
		defaultSchema: batchParameterSchema,
		isSameForAll: true,
	},
	async execute(context) {
		const { itemIndex } = context;
		const entries = getRequests(context).map((request) => ({ itemIndex, request }));
		const [batch] = await context.sendBatched<Entry, Batch>(entries, {
			key: 'batch',
			size: MAX_REQUESTS,
			send: async (all) => {
				const sent = await sendBatch(context, all);
				return all.map(() => sent);
			},
			shouldSplitOnError: () => false,
		});
		return batch.entries[0].itemIndex === itemIndex ? [toItem(context, batch)] : [];
	},
};

function getRequests(context: ItemContext): BatchRequest[] {
	const { modelParameters, extraBody } = getBodyFields(context);
	const defaults = {
		model: context.model,
		parameters: toBodyParameters(modelParameters, toTargetModel(context, batchParameterSchema)),
		extra: extraBody,
	};
	const own =
		context.getField<string>('requestsFrom', 'items') === 'list'
			? parseRequestList(context.getField<unknown>('requests', ''))
			: [
					{
						customId: getMovedField<unknown>(context, 'customId', context.itemIndex),
						messages: context.getField('messages', {}),
					},
				];
	return own.map((request) => toBatchRequest(request, defaults));
}

async function sendBatch(context: ItemContext, entries: Entry[]): Promise<Batch> {
	const requests = entries.map(({ request }) => request);
	checkUniqueIds(requests);
	const response = await context.send({ requests });
	context.addCost(parseCost(response.json, response));
	if (!parseBatchJob(response).id) {
		throw new ApiError(unexpectedResponseError(response, 'batch ID'));
	}
	return { response, entries };
}

function toItem(context: ItemContext, { response, entries }: Batch): INodeExecutionData {
	const items = [...new Set(entries.map(({ itemIndex }) => itemIndex))];
	const json = isSimplified(context)
		? { ...toBatchItem(response), requestCount: entries.length }
		: (response.json as IDataObject);
	return { json, pairedItem: items.map((item) => ({ item })) };
}
