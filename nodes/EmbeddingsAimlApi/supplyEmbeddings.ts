import type { ISupplyDataFunctions } from 'n8n-workflow';
import { maxTextsPerRequest, toBatchSize, toChunks } from '../shared/embeddings/batchSize';
import type { InputType } from '../shared/embeddings/inputType';
import { toEmbeddingRequest, toInput } from '../shared/embeddings/request';
import { parseEmbeddings, toNumbers, type EmbeddingsResult } from '../shared/embeddings/vectors';
import { InputError } from '../shared/errors/InputError';
import { EMBEDDINGS } from '../shared/models/endpoints';
import { parseExtraBody } from '../shared/parameters/extraBody';
import { toTargetModel } from '../shared/parameters/targetModel';
import { createSubNodeClient, type SubNodeRequest } from '../shared/transport/subNodeClient';
import { addCost, addUsage } from '../shared/transport/usage';
import { embeddingsFields } from './fields';
import { logRun, type EmbeddedTexts } from './runLog';

/** The part of LangChain's `Embeddings` that vector stores call. */
export interface Embeddings {
	/** @returns one vector per text, in the same order. @throws NodeApiError, NodeOperationError */
	embedDocuments(texts: string[]): Promise<number[][]>;
	embedQuery(text: string): Promise<number[]>;
}

/**
 * Creates the embeddings object from the sub-node's fields. There are no fallback models: vectors from
 * different models can't be compared, so a store that mixes them would find the wrong texts.
 *
 * @throws NodeOperationError when no model is chosen
 */
export async function supplyEmbeddings(
	context: ISupplyDataFunctions,
	itemIndex: number,
): Promise<Embeddings> {
	const { ask, options } = await createSubNodeClient(context, itemIndex, embeddingsFields);
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '') as unknown;
	const mapped = parameter('modelParameters') as { value?: unknown } | undefined;
	const olderExtraBody = parameter('extraBody');

	const embed = async (texts: string[], purpose: InputType): Promise<EmbeddedTexts> => {
		const done = new AbortController();
		const embedded = ask(async (call) => {
			checkTexts(texts);
			const schema = await call.requestSchema(EMBEDDINGS);
			const extraBody = parseExtraBody(olderExtraBody, options.extraBody);
			const fields = { modelParameters: mapped?.value, extraBody, purpose };
			const { body } = toEmbeddingRequest(fields, toTargetModel(call, schema));
			const size = Math.min(toBatchSize(options.batchSize), maxTextsPerRequest(schema));
			const batches = toChunks(texts, size).map(
				async (batch) => await embedBatch(call, body, batch),
			);
			return { model: call.model, ...joinBatches(await Promise.all(batches)) };
		}, done.signal);
		// After a failed request, those still waiting for a slot or a retry are canceled.
		return await embedded.finally(() => done.abort());
	};

	return {
		async embedDocuments(documents) {
			if (!documents.length) return [];
			const work = async () => await embed(documents, 'document');
			const { vectors } = await logRun(context, { documents }, work);
			context.logAiEvent('ai-document-embedded');
			return vectors;
		},
		async embedQuery(query) {
			const work = async () => await embed([query], 'query');
			const { vectors } = await logRun(context, { query }, work);
			context.logAiEvent('ai-query-embedded');
			return vectors[0];
		},
	};
}

/** Rejects empty input before anything is paid for. */
function checkTexts(texts: string[]): void {
	const empty = texts.findIndex((text) => typeof text !== 'string' || text === '');
	if (empty < 0) return;
	throw new InputError(
		texts.length === 1
			? 'There is no text to embed'
			: `Text ${empty + 1} of ${texts.length} is empty`,
		'Check what feeds the vector store: the prompt, or the document loader and the fields it reads.',
	);
}

async function embedBatch(call: SubNodeRequest, body: Record<string, unknown>, texts: string[]) {
	const { method, path: url } = EMBEDDINGS;
	const response = await call.send({ method, url, body: { ...body, input: toInput(texts) } });
	return parseEmbeddings(response, texts.length);
}

const joinBatches = (batches: EmbeddingsResult[]): Omit<EmbeddedTexts, 'model'> => ({
	vectors: batches.flatMap(({ vectors }) => vectors.map(toNumbers)),
	usage: batches.map(({ usage }) => usage).reduce(addUsage, undefined),
	cost: batches.map(({ cost }) => cost).reduce(addCost, undefined),
});
