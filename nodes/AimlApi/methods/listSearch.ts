import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { findModels } from '../../shared/methods/listSearch';
import { currentOperation } from './currentOperation';

/** The entries of the model picker: models that fit the operation and the search. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	search?: string,
	page?: string,
): Promise<INodeListSearchResult> {
	return await findModels(this, currentOperation(this)?.endpoint, search, page);
}
