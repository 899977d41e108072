import type { INodeProperties } from 'n8n-workflow';
import { toOlderField } from './olderField';

export const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The model to use. The list shows the models that fit the operation.',
	typeOptions: { loadOptionsDependsOn: ['resource', 'operation'] },
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

/** The model's parameters, made from its own schema. */
export const modelParametersField: INodeProperties = {
	displayName: 'Model Parameters',
	name: 'modelParameters',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description:
		'Settings of the chosen model. Only those you add are sent. Choosing another model removes them.',
	typeOptions: {
		loadOptionsDependsOn: ['model.value', 'resource', 'operation'],
		resourceMapper: {
			resourceMapperMethod: 'getModelParameters',
			mode: 'add',
			addAllFields: false,
			supportAutoMap: false,
			multiKeyMatch: false,
			fieldWords: { singular: 'parameter', plural: 'parameters' },
			valuesLabel: 'Model Parameters',
		},
	},
};

export const extraBodyOption: INodeProperties = {
	displayName: 'Extra Body',
	name: 'extraBody',
	type: 'json',
	default: '{}',
	description:
		"JSON to merge into the request body, for parameters that 'Model Parameters' doesn't list. It isn't checked.",
};

export const extraBodyField = toOlderField(extraBodyOption);
