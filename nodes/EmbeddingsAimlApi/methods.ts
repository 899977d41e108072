import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperFields,
} from 'n8n-workflow';
import { embeddingForm } from '../shared/embeddings/request';
import { findModels } from '../shared/methods/listSearch';
import { getChosenParameters } from '../shared/methods/resourceMapping';
import { EMBEDDINGS } from '../shared/models/endpoints';

/** Entries of the model picker: embedding models that match the search. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	search?: string,
	page?: string,
): Promise<INodeListSearchResult> {
	return await findModels(this, EMBEDDINGS, search, page);
}

/** The fields of 'Model Parameters'. */
export async function getModelParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await getChosenParameters(this, EMBEDDINGS, embeddingForm);
}
