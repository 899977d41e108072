import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { AimlApi } from '../../nodes/AimlApi/AimlApi.node';

const { properties } = new AimlApi().description;
const optionsOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];

/** Every operation with its resource, in the order of the editor. */
export const OFFERED_OPERATIONS = optionsOf(
	properties.find(({ name }) => name === 'resource')!,
).flatMap((resource) =>
	properties
		.filter(({ name }) => name === 'operation')
		.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource.value))
		.flatMap(optionsOf)
		.map((operation) => ({ resource, operation })),
);

/** The same as the values of the two fields. */
export const OPERATIONS = OFFERED_OPERATIONS.map(({ resource, operation }) => ({
	resource: String(resource.value),
	operation: String(operation.value),
}));
