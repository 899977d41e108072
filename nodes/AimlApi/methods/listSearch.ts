import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { findModels } from '../../shared/methods/listSearch';
import type { Model } from '../../shared/models/model';
import { currentOperation } from './currentOperation';

/** The entries of the model picker: models for the operation that match the search. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	search?: string,
	page?: string,
): Promise<INodeListSearchResult> {
	const endpoint = currentOperation(this)?.endpoint;
	const isKnown = ({ id }: Model) => endpoint?.knownModels?.test(id) === true;
	const noteOf = (model: Model) => (isKnown(model) ? 'works in batches' : '');
	return await findModels(this, endpoint, search, page, noteOf);
}
