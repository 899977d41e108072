import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { filePlaces } from '../../shared/parameters/fileInputs';
import { parameterName } from '../../shared/parameters/parameterFields';
import { currentSchema } from './currentSchema';

/** The parameters of the chosen model that take a file; '' leaves the choice to the node. */
export async function getFileParameters(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const schema = await currentSchema(this);
	const names = new Set(schema && filePlaces(schema).map(({ path }) => path.join('.')));
	return [
		{ name: 'Detect Automatically', value: '' },
		...[...names].map((name) => ({ name: parameterName(name), value: name })),
	];
}
