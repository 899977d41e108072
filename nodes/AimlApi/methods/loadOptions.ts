import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { editorApi } from '../../shared/methods/editorApi';
import { chosenSchema } from '../../shared/methods/resourceMapping';
import { listModels } from '../../shared/models/catalog';
import type { Model } from '../../shared/models/model';
import { filePlaces } from '../../shared/parameters/fileInputs';
import { parameterName } from '../../shared/parameters/parameterFields';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import { currentOperation } from './currentOperation';

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

/** What the chosen model documents for the chosen operation, as far as that can be had. */
async function currentSchema(editor: ILoadOptionsFunctions): Promise<ObjectSchema | undefined> {
	const operation = currentOperation(editor);
	return operation && (await chosenSchema(editor, operation.endpoint));
}

/** What the filters of 'Get Many' models offer: the values that occur in the catalogue now. */
export const modelFilterValues = {
	getModelCapabilities: offer(({ capabilities }) => capabilities),
	getModelDevelopers: offer(({ developer }) => [developer]),
	getModelInputs: offer(({ inputModalities }) => inputModalities),
	getModelOutputs: offer(({ outputModalities }) => outputModalities),
	getModelTypes: offer(({ type }) => [type]),
};

function offer(read: (model: Model) => string[]) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const { host, fetchJson } = await editorApi(this);
		const models = await listModels(host, fetchJson);
		const values = new Set(models.flatMap(read).filter(Boolean));
		return [...values].sort((a, b) => a.localeCompare(b)).map((value) => ({ name: value, value }));
	};
}
