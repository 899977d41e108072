import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { getChosenParameters } from '../../shared/methods/resourceMapping';
import { currentOperation } from './currentOperation';

/** The fields of 'Model Parameters' for the selected operation; none if it uses no model. */
export async function getModelParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const operation = currentOperation(this);
	if (!operation?.modelForm) return { fields: [] };
	return await getChosenParameters(this, operation.endpoint, operation.modelForm);
}
