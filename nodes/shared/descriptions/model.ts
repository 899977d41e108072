import type { INodeProperties } from 'n8n-workflow';

export const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The model to use. The list shows the models that fit the operation.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a model…',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. openai/gpt-4o',
		},
	],
};

/** What the model gets, read from the model's own schema. */
export const modelParametersField: INodeProperties = {
	displayName: 'Model Parameters',
	name: 'modelParameters',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description:
		'Parameters that this model documents. Only the ones you add are sent. With a model given by expression, the parameters that most models take are offered.',
	typeOptions: {
		loadOptionsDependsOn: ['model.value', 'resource', 'operation'],
		resourceMapper: {
			resourceMapperMethod: 'getModelParameters',
			mode: 'add',
			addAllFields: false,
			supportAutoMap: false,
			multiKeyMatch: false,
			refreshStaleSchemaOnOpen: true,
			fieldWords: { singular: 'parameter', plural: 'parameters' },
			valuesLabel: 'Model Parameters',
		},
	},
};

export const extraBodyField: INodeProperties = {
	displayName: 'Extra Body',
	name: 'extraBody',
	type: 'json',
	default: '{}',
	description:
		'JSON object merged into the request last, unchecked, e.g. { "provider": "auto" }. Use it for what the model takes but does not document.',
};
