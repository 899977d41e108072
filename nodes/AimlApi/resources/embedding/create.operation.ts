import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { fallbackModelsOption } from '../../../shared/descriptions/options';
import { batchSizeOption, toBatchSize, toChunks } from '../../../shared/embeddings/batchSize';
import { embeddingForm, toEmbeddingRequest, toInput } from '../../../shared/embeddings/request';
import { parseEmbeddings, type Vector } from '../../../shared/embeddings/vectors';
import { ApiError } from '../../../shared/errors/ApiError';
import { InputError } from '../../../shared/errors/InputError';
import { tryParse } from '../../../shared/json';
import { EMBEDDINGS } from '../../../shared/models/endpoints';
import { hasValues } from '../../../shared/parameters/bodyParameters';
import { toTargetModel } from '../../../shared/parameters/targetModel';
import { CHECK_EXPRESSION, parseText } from '../../../shared/parameters/textField';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { parseCost, shareOf, type Cost, type Usage } from '../../../shared/transport/usage';
import { commonModelFields, createModelOptions } from '../../descriptions/modelFields';
import { getBodyFields } from '../../run/bodyFields';
import { fallbackMetadata, type ItemContext, type Operation } from '../../run/operation';
import { isSimplified, toRawItem } from '../../run/simplify';

/** Fields of 'Create Embeddings'. */
export const createFields: INodeProperties[] = [
	modelField,
	{
		displayName: 'Input',
		name: 'input',
		type: 'string',
		typeOptions: { rows: 2 },
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.text }}',
		description:
			'The text to convert. An expression can also return a list of texts: the output has one item for each.',
	},
	...commonModelFields,
	createModelOptions(batchSizeOption, {
		...fallbackModelsOption,
		description:
			'IDs of models to try, in order, if the chosen one is unavailable or overloaded. Vectors of different models cannot be compared: the output shows which model responded.',
	}),
];

/** A text's vector, and its share of the request's usage and cost by length. */
interface EmbeddedText {
	embedding: Vector;
	usage?: Usage;
	cost?: Cost;
}

/**
 * POST /v1/embeddings: one output item per text. The texts of many items are sent in as few requests as
 * 'Batch Size' allows, and each vector returns to its own item.
 */
export const createEmbedding: Operation = {
	endpoint: EMBEDDINGS,
	batchesItems: true,
	modelForm: embeddingForm,
	async execute(context) {
		const texts = getTexts(context.getField<unknown>('input', ''));
		const { request, metadata } = await getRequest(context);
		if (!isSimplified(context)) {
			return [toRawItem(await sendTexts(context, request, texts))];
		}
		const size = toBatchSize(context.getOption<unknown>('batchSize', undefined));
		const embedded = await Promise.all(
			toChunks(texts, size).map(
				async (chunk) =>
					await context.sendBatched<string, EmbeddedText>(chunk, {
						key: JSON.stringify(request),
						size,
						send: async (batch) => await embed(context, request, batch),
						shouldSplitOnError: isRefused,
					}),
			),
		);
		return embedded.flat().map((result, index) => toItem(context, result, index, metadata));
	},
};

/** One text, or several from an expression or a JSON list. @throws InputError if empty */
function getTexts(value: unknown): string[] {
	const list = typeof value === 'string' && /^\s*\[/.test(value) ? parseList(value) : value;
	const texts = [list].flat().map((text) => parseText(text, 'Input'));
	if (texts.length && texts.every((text) => text.trim() !== '')) return texts;
	throw new InputError(
		"'Input' is empty",
		`Enter a text, or an expression that returns one or a list of them. ${CHECK_EXPRESSION}`,
	);
}

function parseList(text: string): unknown {
	const parsed = tryParse(text);
	return Array.isArray(parsed) && parsed.every((entry) => typeof entry === 'string')
		? parsed
		: text;
}

async function getRequest(context: ItemContext) {
	const fields = getBodyFields(context);
	const schema = hasValues(fields.modelParameters) ? await context.requestSchema() : undefined;
	const model = toTargetModel(context, schema);
	const { body, droppedParameters } = toEmbeddingRequest(fields, model);
	const metadata = fallbackMetadata(context, droppedParameters);
	return { request: body, metadata };
}

async function sendTexts(
	context: ItemContext,
	request: object,
	texts: string[],
): Promise<ApiResponse> {
	const response = await context.send({ ...request, input: toInput(texts) });
	context.addCost(parseCost(response.json, response));
	return response;
}

const isRefused = (error: unknown): boolean =>
	error instanceof ApiError && error.info.kind === 'refused';

async function embed(
	context: ItemContext,
	request: object,
	texts: string[],
): Promise<EmbeddedText[]> {
	const response = await sendTexts(context, request, texts);
	const { vectors, usage, cost } = parseEmbeddings(response, texts.length);
	const lengths = texts.map(({ length }) => length);
	const shares = shareOf(lengths, usage, cost);
	return vectors.map((embedding, index) => ({ embedding, ...shares[index] }));
}

function toItem(
	{ model }: ItemContext,
	{ embedding, usage, cost }: EmbeddedText,
	index: number,
	metadata: IDataObject,
): INodeExecutionData {
	return {
		json: {
			embedding,
			index,
			model,
			...metadata,
			...(usage && { usage }),
			...(cost && { cost }),
		},
	};
}
