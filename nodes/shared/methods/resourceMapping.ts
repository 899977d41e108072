import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { getRequestSchema } from '../models/catalog';
import type { Endpoint } from '../models/endpoints';
import type { ModelForm } from '../parameters/modelForm';
import { toParameterFields } from '../parameters/parameterFields';
import { findPromptProperty } from '../parameters/promptProperty';
import { getEditorApi } from './editorApi';

/**
 * The request schema of the model selected in the editor.
 *
 * @returns `undefined` if no model is selected, it is an expression, or its schema can't be loaded
 */
export async function getChosenSchema(
	editor: ILoadOptionsFunctions,
	endpoint: Endpoint,
): ReturnType<typeof getRequestSchema> {
	const { host, fetchJson } = await getEditorApi(editor);
	const model = editor.getCurrentNodeParameter('model', { extractValue: true });
	const isFixed = typeof model === 'string' && model.trim() !== '' && !model.startsWith('=');
	return isFixed ? await getRequestSchema(model.trim(), endpoint, host, fetchJson) : undefined;
}

/** The fields of 'Model Parameters' for the selected model, or the endpoint's defaults. */
export async function getChosenParameters(
	editor: ILoadOptionsFunctions,
	endpoint: Endpoint,
	{ defaultSchema, isSameForAll, excludedProperties, prompt, hasFiles }: ModelForm,
): Promise<ResourceMapperFields> {
	const own = isSameForAll ? undefined : await getChosenSchema(editor, endpoint);
	const schema = own ?? defaultSchema;
	const text = prompt && findPromptProperty(schema, prompt.properties);
	const taken = [...excludedProperties, ...(text ? [text] : [])];
	return { fields: toParameterFields(schema, { taken, hasFiles }) };
}
