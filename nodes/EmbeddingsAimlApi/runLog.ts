import type { ExecutionError, IDataObject, ISupplyDataFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from '../shared/connectionTypes';
import type { Cost, Usage } from '../shared/transport/usage';

/** The vectors of some texts, with the tokens and cost of the requests. */
export interface EmbeddedTexts {
	model: string;
	vectors: number[][];
	usage?: Usage;
	cost?: Cost;
}

/**
 * Adds a vector store's call to n8n's run log, since n8n itself logs only LangChain's own classes. Logs
 * the number of vectors, not the vectors: n8n stores an execution as one string, and those of ten
 * thousand documents would exceed its limit.
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
	...(usage && { usage }),
	...(cost && { cost }),
});
