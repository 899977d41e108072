import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { requestSchemaOf } from '../models/catalog';
import type { Endpoint } from '../models/endpoints';
import type { ModelForm } from '../parameters/modelForm';
import { parameterFields } from '../parameters/parameterFields';
import { mainTextProperty } from '../parameters/promptProperty';
import type { ObjectSchema } from '../schema/jsonSchema';
import { editorApi } from './editorApi';

/**
 * What the model chosen in the editor documents for an endpoint.
 *
 * @returns `undefined` when none is chosen, it is given by expression, or its schema cannot be had
 */
export async function chosenSchema(
	editor: ILoadOptionsFunctions,
	endpoint: Endpoint,
): Promise<ObjectSchema | undefined> {
	const { host, fetchJson } = await editorApi(editor);
	const model = editor.getCurrentNodeParameter('model', { extractValue: true });
	const isFixed = typeof model === 'string' && model.trim() !== '' && !model.startsWith('=');
	return isFixed ? await requestSchemaOf(model.trim(), endpoint, host, fetchJson) : undefined;
}

/** The fields of 'Model Parameters' for the chosen model, or the endpoint's general ones. */
export async function chosenParameters(
	editor: ILoadOptionsFunctions,
	endpoint: Endpoint,
	{ generalSchema, isSameForAll, ownProperties, mainText, hasFiles }: ModelForm,
): Promise<ResourceMapperFields> {
	const own = isSameForAll ? undefined : await chosenSchema(editor, endpoint);
	const schema = own ?? generalSchema;
	const text = mainText && mainTextProperty(schema, mainText.properties);
	const taken = [...ownProperties, ...(text ? [text] : [])];
	return { fields: parameterFields(schema, { taken, hasFiles }) };
}
