import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { listModels } from '../../shared/models/catalog';
import type { Model } from '../../shared/models/model';
import { editorApi } from '../../shared/methods/editorApi';

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
