import type {
	ILoadOptionsFunctions,
	INodeType,
	INodeTypeDescription,
	ISupplyDataFunctions,
	SupplyData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from '../shared/connectionTypes';
import { embeddingForm } from '../shared/embeddings/request';
import { findModels } from '../shared/methods/listSearch';
import { getChosenParameters } from '../shared/methods/resourceMapping';
import { EMBEDDINGS } from '../shared/models/endpoints';
import { embeddingsFields } from './fields';
import { supplyEmbeddings } from './supplyEmbeddings';

export class EmbeddingsAimlApi implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Embeddings AI/ML API',
		name: 'embeddingsAimlApi',
		icon: { light: 'file:../../icons/aimlapi.svg', dark: 'file:../../icons/aimlapi.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["model"] }}',
		description: 'Create embeddings for a vector store with any embedding model',
		builderHint: {
			searchHint:
				'Connect it to a vector store. Use the same model and parameters to insert documents and to search them.',
		},
		defaults: { name: 'Embeddings AI/ML API' },
		inputs: [],
		outputs: [NodeConnectionTypes.AiEmbedding],
		outputNames: ['Embeddings'],
		credentials: [{ name: 'aimlApi', required: true }],
		properties: embeddingsFields,
	};

	methods = {
		listSearch: {
			async searchModels(this: ILoadOptionsFunctions, search?: string, page?: string) {
				return await findModels(this, EMBEDDINGS, search, page);
			},
		},
		resourceMapping: {
			async getModelParameters(this: ILoadOptionsFunctions) {
				return await getChosenParameters(this, EMBEDDINGS, embeddingForm);
			},
		},
	};

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		return { response: await supplyEmbeddings(this, itemIndex) };
	}
}
