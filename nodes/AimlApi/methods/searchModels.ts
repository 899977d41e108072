import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { describeModel } from '../../shared/catalogue/describeModel';
import { listModels } from '../../shared/catalogue/catalogue';
import {
	modelsOfEndpoint,
	searchModels as filterBySearch,
} from '../../shared/catalogue/filterModels';
import { editorCatalogue } from './editorCatalogue';

const PAGE = 200;

/**
 * The entries of the model picker: models that fit the operation and the search. Price and context
 * stand in the name, since the picker shows nothing else.
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	search = '',
	page = '0',
): Promise<INodeListSearchResult> {
	const { operation, host, fetchJson } = await editorCatalogue(this);
	const models = await listModels(host, fetchJson);
	const found = filterBySearch(
		operation ? modelsOfEndpoint(models, operation.endpoint) : models,
		search,
	);
	const start = Number(page);
	return {
		results: found.slice(start, start + PAGE).map((model) => ({
			name: [model.id, describeModel(model)].filter(Boolean).join(' · '),
			value: model.id,
			description: [model.name, model.developer].filter(Boolean).join(' by '),
		})),
		...(found.length > start + PAGE && { paginationToken: String(start + PAGE) }),
	};
}
