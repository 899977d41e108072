import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { requestSchemaOf } from '../../shared/catalogue/catalogue';
import { parameterFields } from '../../shared/catalogue/parameterFields';
import { editorCatalogue } from './editorCatalogue';

/** The fields of 'Model Parameters' for the chosen model, or the endpoint's general ones. */
export async function getModelParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const { operation, host, fetchJson } = await editorCatalogue(this);
	const form = operation?.modelForm;
	if (!form) return { fields: [] };
	const model = this.getCurrentNodeParameter('model', { extractValue: true });
	const isFixed = typeof model === 'string' && model !== '' && !model.startsWith('=');
	const schema = isFixed
		? await requestSchemaOf(model.trim(), operation.endpoint, host, fetchJson)
		: undefined;
	return {
		fields: parameterFields(schema ?? form.generalSchema, form.ownProperties),
	};
}
