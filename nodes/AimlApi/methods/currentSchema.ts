import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { requestSchemaOf } from '../../shared/catalogue/catalogue';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import { editorCatalogue } from './editorCatalogue';

/**
 * What the model chosen in the editor documents for the chosen operation.
 *
 * @returns `undefined` when none is chosen, it is given by expression, or its schema cannot be had
 */
export async function currentSchema(
	editor: ILoadOptionsFunctions,
): Promise<ObjectSchema | undefined> {
	const { operation, host, fetchJson } = await editorCatalogue(editor);
	const model = editor.getCurrentNodeParameter('model', { extractValue: true });
	const isFixed = typeof model === 'string' && model.trim() !== '' && !model.startsWith('=');
	if (!operation || !isFixed) return undefined;
	return await requestSchemaOf(model.trim(), operation.endpoint, host, fetchJson);
}
