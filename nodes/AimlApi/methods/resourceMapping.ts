import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { getChosenParameters } from '../../shared/methods/resourceMapping';
import { currentOperation } from './currentOperation';
import { getToolNotice } from './toolNotice';

/**
 * The fields of 'Model Parameters' for the selected operation; none if it uses no model, or, with a
 * notice in their place, if this n8n doesn't run the tool.
 */
export async function getModelParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const notice = getToolNotice(this.getNode());
	if (notice) return { fields: [], emptyFieldsNotice: notice };
	const operation = currentOperation(this);
	if (!operation?.modelForm) return { fields: [] };
	return await getChosenParameters(this, operation.endpoint, operation.modelForm);
}
