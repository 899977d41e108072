import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';

const properties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 50,
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Capability Names or IDs',
				name: 'capabilities',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelCapabilities' },
				default: [],
				description:
					'What the model can do; each one must hold. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Developer Names or IDs',
				name: 'developers',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelDevelopers' },
				default: [],
				description:
					'Who made the model; any of these. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Input Names or IDs',
				name: 'inputModalities',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelInputs' },
				default: [],
				description:
					'What the model takes, e.g. text or image; each one must hold. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Output Names or IDs',
				name: 'outputModalities',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelOutputs' },
				default: [],
				description:
					'What the model makes, e.g. text or video; each one must hold. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. gpt mini',
				description: 'Words that occur in the ID, name or developer; each one must',
			},
			{
				displayName: 'Type Names or IDs',
				name: 'types',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelTypes' },
				default: [],
				description:
					'The kind of request the model serves, e.g. chat or video; any of these. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
	},
	simplifyField,
	lookUpOptionsField,
];

/** Fields of 'Get Many' models; what they mean for the request stands in `getModels`. */
export const getAllFields = updateDisplayOptions(
	{ show: { resource: ['model'], operation: ['getAll'] } },
	properties,
);
