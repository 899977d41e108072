import {
	NodeConnectionTypes,
	type ExecutionError,
	type IDataObject,
	type ISupplyDataFunctions,
} from 'n8n-workflow';
import type { Cost, Usage } from '../shared/transport/usage';

/** Texts as vectors, and what the requests for them used up. */
export interface EmbeddedTexts {
	model: string;
	vectors: number[][];
	usage?: Usage;
	cost?: Cost;
}

/**
 * Puts a call of a vector store into n8n's run log: the texts, and what became of them. n8n itself
 * does so for LangChain's classes only. The vectors are told, not listed: an execution is stored as
 * one text, which those of some ten thousand documents would burst.
 */
export async function logRun(
	context: ISupplyDataFunctions,
	input: IDataObject,
	embed: () => Promise<EmbeddedTexts>,
): Promise<EmbeddedTexts> {
	const { AiEmbedding } = NodeConnectionTypes;
	const { index } = context.addInputData(AiEmbedding, [[{ json: input }]]);
	const work = embed();
	await work.then(
		(embedded) => context.addOutputData(AiEmbedding, index, [[{ json: describe(embedded) }]]),
		(error: ExecutionError) => context.addOutputData(AiEmbedding, index, error),
	);
	return await work;
}

const describe = ({ vectors, model, usage, cost }: EmbeddedTexts): IDataObject => ({
	vectors: vectors.length,
	dimensions: vectors[0]?.length,
	model,
	...(usage && { usage: { ...usage } }),
	...(cost && { cost: { ...cost } }),
});
