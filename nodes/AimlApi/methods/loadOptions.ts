import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { getEditorApi } from '../../shared/methods/editorApi';
import { getChosenSchema } from '../../shared/methods/resourceMapping';
import { listModels } from '../../shared/models/catalog';
import { endpointsNamed } from '../../shared/models/endpoints';
import type { Model } from '../../shared/models/model';
import { findFileInputs } from '../../shared/parameters/fileInputs';
import { toParameterLabel } from '../../shared/parameters/parameterFields';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import { currentOperation } from './currentOperation';

/** The parameters of the chosen model that take a file; '' to choose automatically. */
export async function getFileParameters(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const schema = await currentSchema(this);
	const names = new Set(schema && findFileInputs(schema).map(({ path }) => path.join('.')));
	return [
		{ name: 'Detect Automatically', value: '' },
		...[...names].map((name) => ({ name: toParameterLabel(name), value: name })),
	];
}

/** The chosen model's request schema, if it can be loaded. */
async function currentSchema(editor: ILoadOptionsFunctions): Promise<ObjectSchema | undefined> {
	const operation = currentOperation(editor);
	return operation && (await getChosenSchema(editor, operation.endpoint));
}

/** The entries of the filters of 'Get Many': the values that occur in the catalog. */
export const modelFilterOptions = {
	getModelCapabilities: optionsOf(({ capabilities }) => capabilities),
	getModelDevelopers: optionsOf(({ developer }) => [developer]),
	getModelInputs: optionsOf(({ inputModalities }) => inputModalities),
	getModelOutputs: optionsOf(({ outputModalities }) => outputModalities),
	getModelTypes: optionsOf(({ type }) => [type], nameOfType),
};

/** 'openai/chat-completions' → 'Chat'; a type of no known endpoint stays as it is. */
function nameOfType(type: string): string {
	return endpointsNamed([type])[0]?.purpose?.type ?? type;
}

/** Sorted by name; values with the same name are listed as 'name (value)'. */
function optionsOf(read: (model: Model) => string[], nameOf = (value: string) => value) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const { host, fetchJson } = await getEditorApi(this);
		const models = await listModels(host, fetchJson);
		const values = [...new Set(models.flatMap(read).filter(Boolean))];
		const names = values.map(nameOf);
		const isShared = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
		return values
			.map((value, index) => ({
				name: isShared(names[index]) ? `${names[index]} (${value})` : names[index],
				value,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	};
}
