import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { mainTextProperty } from '../../shared/catalogue/mainText';
import { parameterFields } from '../../shared/catalogue/parameterFields';
import { currentSchema } from './currentSchema';
import { currentOperation } from './editorCatalogue';

/** The fields of 'Model Parameters' for the chosen model, or the endpoint's general ones. */
export async function getModelParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const form = currentOperation(this)?.modelForm;
	if (!form) return { fields: [] };
	const schema = (await currentSchema(this)) ?? form.generalSchema;
	const text = form.mainText && mainTextProperty(schema, form.mainText.properties);
	return { fields: parameterFields(schema, [...form.ownProperties, ...(text ? [text] : [])]) };
}
