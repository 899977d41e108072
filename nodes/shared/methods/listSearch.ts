import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listModels } from '../models/catalog';
import type { Endpoint } from '../models/endpoints';
import { modelsOfEndpoint, onePerId, searchModels } from '../models/filters';
import type { Model } from '../models/model';
import { describeModel } from '../models/pricing';
import { getEditorApi } from './editorApi';

const PAGE_SIZE = 200;

/**
 * Entries of a model picker: the models of an endpoint (or all models without one) that match the
 * search. Price and context are part of the name, since the picker shows nothing else.
 *
 * @param noteOf another note on a model; '' for none
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
	const found = knownFirst(
		searchModels(endpoint ? modelsOfEndpoint(models, endpoint) : onePerId(models), search),
		endpoint?.knownModels,
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

/** Moves models that are known to work to the top; otherwise keeps the catalog's order. */
const knownFirst = (models: Model[], known: RegExp | undefined): Model[] =>
	known ? [...models].sort((a, b) => Number(known.test(b.id)) - Number(known.test(a.id))) : models;
