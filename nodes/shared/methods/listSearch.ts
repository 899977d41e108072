import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listModels } from '../models/catalog';
import type { Endpoint } from '../models/endpoints';
import { modelsOfEndpoint, onePerId, searchModels } from '../models/filters';
import type { Model } from '../models/model';
import { describeModel } from '../models/pricing';
import { getEditorApi } from './editorApi';

const PAGE_SIZE = 200;

/**
 * The entries of a model picker: models that the endpoint serves, or all without one, and that fit
 * the search. Price and context stand in the name, since the picker shows nothing else.
 *
 * @param noteOf what else is to be said of a model there; '' for nothing
 */
export async function findModels(
	editor: ILoadOptionsFunctions,
	endpoint: Endpoint | undefined,
	search = '',
	page = '0',
	noteOf: (model: Model) => string = () => '',
): Promise<INodeListSearchResult> {
	const { host, fetchJson } = await getEditorApi(editor);
	const models = await listModels(host, fetchJson);
	const found = searchModels(
		endpoint ? modelsOfEndpoint(models, endpoint) : onePerId(models),
		search,
	);
	const start = Number(page);
	return {
		results: found.slice(start, start + PAGE_SIZE).map((model) => ({
			name: [model.id, describeModel(model), noteOf(model)].filter(Boolean).join(' · '),
			value: model.id,
			description: [model.name, model.developer].filter(Boolean).join(' by '),
		})),
		...(found.length > start + PAGE_SIZE && { paginationToken: String(start + PAGE_SIZE) }),
	};
}
