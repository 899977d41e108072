import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { parameterFields } from '../../shared/catalogue/parameterFields';
import { currentSchema } from './currentSchema';
import { currentOperation } from './editorCatalogue';

/** The fields of 'Model Parameters' for the chosen model, or the endpoint's general ones. */
export async function getModelParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const form = currentOperation(this)?.modelForm;
	if (!form) return { fields: [] };
	const schema = await currentSchema(this);
	return { fields: parameterFields(schema ?? form.generalSchema, form.ownProperties) };
}
