import { NodeConnectionTypes, type IDataObject } from 'n8n-workflow';
import { EmbeddingsAimlApi } from '../../nodes/EmbeddingsAimlApi/EmbeddingsAimlApi.node';
import type { Embeddings } from '../../nodes/EmbeddingsAimlApi/supplyEmbeddings';
import { toParameters, type Api, type ModelFields } from './operationRun';
import { runSubNode, type SubNodeRun, type SubNodeRunResult } from './runSubNode';

/** A run of the embeddings sub-node with what a test does not care about filled in. */
export interface EmbeddingsRun
	extends ModelFields,
		Partial<Omit<SubNodeRun<Embeddings>, 'parameters'>> {}

export interface EmbeddingsRunResult<T> extends SubNodeRunResult {
	/** What the vector store got. */
	result: T;
}

/** Lets a vector store ask the sub-node something, in n8n-core's engine against the API. */
export async function runEmbeddings<T>(
	api: Api,
	ask: (embeddings: Embeddings) => Promise<T>,
	{ model = 'text-embedding-3-small', modelParameters, fields, ...rest }: EmbeddingsRun = {},
): Promise<EmbeddingsRunResult<T>> {
	const done = await runSubNode<Embeddings>({
		node: new EmbeddingsAimlApi(),
		connection: NodeConnectionTypes.AiEmbedding,
		credential: { apiKey: api.apiKey, url: api.url },
		parameters: toParameters({ model, modelParameters, fields }),
		use: async (embeddings) => ({ result: (await ask(embeddings)) as IDataObject }),
		...rest,
	});
	return { ...done, result: done.items[0]?.json.result as T };
}
