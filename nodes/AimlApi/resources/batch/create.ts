import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { messagesField } from '../../descriptions/messages';
import { modelField } from '../../../shared/descriptions/model';
import { extraBodyField, modelParametersField } from '../../../shared/fields/modelParameters';
import {
	maxRetriesOption,
	modelOptionsField,
	requestIdOption,
	simplifyField,
	timeoutOption,
} from '../../../shared/descriptions/options';

const properties: INodeProperties[] = [
	{
		displayName:
			'All input items go into one batch, at a lower price than one by one. It is ready within an hour or so: get its results later with the operation Get a Batch.',
		name: 'batchNotice',
		type: 'notice',
		default: '',
	},
	{
		...modelField,
		description:
			'The model to use. The API takes some of the chat models in batches; a request to another one comes back as failed.',
	},
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
				description: 'An input item holds a whole list of requests',
			},
		],
	},
	{
		displayName: 'Custom ID',
		name: 'customId',
		type: 'string',
		required: true,
		default: '={{ $itemIndex }}',
		displayOptions: { show: { requestsFrom: ['items'] } },
		placeholder: 'e.g. {{ $json.orderNumber }}',
		description:
			'Your name for the request, different for each item: the results come with it, in any order',
	},
	{ ...messagesField, displayOptions: { show: { requestsFrom: ['items'] } } },
	{
		displayName: 'Requests',
		name: 'requests',
		type: 'json',
		required: true,
		default: '',
		displayOptions: { show: { requestsFrom: ['list'] } },
		placeholder: 'e.g. {{ $json.requests }}',
		description:
			'List such as [{"custom_id": "a", "params": {"messages": [{"role": "user", "content": "Hello"}]}}]. What a request has in its params wins over the model and the parameters here.',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	{ ...modelOptionsField, options: [maxRetriesOption, requestIdOption, timeoutOption] },
];

/** Fields of 'Create a Batch'; what they mean for the request stands in `createBatch`. */
export const createFields = updateDisplayOptions(
	{ show: { resource: ['batch'], operation: ['create'] } },
	properties,
);
