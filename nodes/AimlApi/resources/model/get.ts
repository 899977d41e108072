import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';

const properties: INodeProperties[] = [
	{ ...modelField, description: 'The model to look up, by its ID or another name it goes by' },
	simplifyField,
	lookUpOptionsField,
];

/** Fields of 'Get a Model'; what they mean for the request stands in `getModel`. */
export const getFields = updateDisplayOptions(
	{ show: { resource: ['model'], operation: ['get'] } },
	properties,
);
