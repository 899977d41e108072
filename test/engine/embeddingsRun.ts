import { NodeConnectionTypes, type IDataObject, type INodeParameters } from 'n8n-workflow';
import { EmbeddingsAimlApi } from '../../nodes/EmbeddingsAimlApi/EmbeddingsAimlApi.node';
import type { Embeddings } from '../../nodes/EmbeddingsAimlApi/supplyEmbeddings';
import type { Sandbox } from '../../sandbox';
import { runSubNode, type SubNodeRun, type SubNodeRunResult } from './runSubNode';

/** A run of the embeddings sub-node with what a test does not care about filled in. */
export interface EmbeddingsRun extends Partial<Omit<SubNodeRun<Embeddings>, 'parameters'>> {
	model?: string;
	modelParameters?: Record<string, unknown>;
	/** Further fields. */
	fields?: INodeParameters;
}

export interface EmbeddingsRunResult<T> extends SubNodeRunResult {
	/** What the vector store got. */
	result: T;
}

/** Lets a vector store ask the sub-node something, in n8n-core's engine against the sandbox. */
export async function runEmbeddings<T>(
	sandbox: Sandbox,
	ask: (embeddings: Embeddings) => Promise<T>,
	{ model = 'text-embedding-3-small', modelParameters, fields, ...rest }: EmbeddingsRun = {},
): Promise<EmbeddingsRunResult<T>> {
	const mapped = { mappingMode: 'defineBelow', value: modelParameters, schema: [] };
	const done = await runSubNode<Embeddings>({
		node: new EmbeddingsAimlApi(),
		connection: NodeConnectionTypes.AiEmbedding,
		credential: { apiKey: sandbox.apiKey, url: sandbox.url },
		parameters: {
			model: { __rl: true, mode: 'id', value: model },
			...(modelParameters && { modelParameters: mapped as unknown as INodeParameters }),
			...fields,
		},
		use: async (embeddings) => ({ result: (await ask(embeddings)) as IDataObject }),
		...rest,
	});
	return { ...done, result: done.items[0]?.json.result as T };
}
