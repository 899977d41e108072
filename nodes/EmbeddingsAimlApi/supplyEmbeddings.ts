import type { ISupplyDataFunctions } from 'n8n-workflow';
import type { InputType } from '../shared/embeddings/inputType';
import {
	maxTextsPerRequest,
	toBatchSize,
	toChunks,
	toEmbeddingRequest,
	toInput,
} from '../shared/embeddings/request';
import { parseEmbeddings, toNumbers } from '../shared/embeddings/vectors';
import { InputError } from '../shared/errors/InputError';
import { EMBEDDINGS } from '../shared/models/endpoints';
import { createSubNodeClient, type SubNodeRequest } from '../shared/transport/subNodeClient';
import { addCost, addUsage } from '../shared/transport/usage';
import { embeddingsFields } from './fields';
import { logRun, type EmbeddedTexts } from './runLog';

/** What a vector store asks of an embedding model: the part of LangChain's `Embeddings` it calls. */
export interface Embeddings {
	/** A vector for each text, in their order. Throws n8n's error, nothing is left out. */
	embedDocuments(texts: string[]): Promise<number[][]>;
	embedQuery(text: string): Promise<number[]>;
}

/**
 * Binds a model's embeddings to the fields of the sub-node. There are no fallback models: vectors of
 * another model lie in another space, so a store that holds both would find the wrong texts.
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
	const fields = {
		modelParameters: mapped?.value,
		extraBody: parameter('extraBody'),
		isFallback: false,
	};

	const embed = async (texts: string[], purpose: InputType): Promise<EmbeddedTexts> => {
		const done = new AbortController();
		const embedded = ask(async (call) => {
			checkTexts(texts);
			const schema = await call.requestSchema(EMBEDDINGS);
			const { body } = toEmbeddingRequest(call.model, { ...fields, purpose }, schema);
			const size = Math.min(toBatchSize(options.batchSize), maxTextsPerRequest(schema));
			const batches = toChunks(texts, size).map(
				async (batch) => await embedBatch(call, body, batch),
			);
			return { model: call.model, ...join(await Promise.all(batches)) };
		}, done.signal);
		// When one batch fails, those that wait for their turn or for a retry are given up.
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

/** What every model refuses, told before anything is paid for. */
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

const join = (
	batches: Array<ReturnType<typeof parseEmbeddings>>,
): Omit<EmbeddedTexts, 'model'> => ({
	vectors: batches.flatMap(({ vectors }) => vectors.map(toNumbers)),
	usage: batches.map(({ usage }) => usage).reduce(addUsage, undefined),
	cost: batches.map(({ cost }) => cost).reduce(addCost, undefined),
});
