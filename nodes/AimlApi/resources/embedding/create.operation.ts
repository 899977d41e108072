import {
	updateDisplayOptions,
	type IDataObject,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import {
	batchSizeOption,
	costLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	maxRetriesOption,
	modelOptionsField,
	requestIdOption,
	simplifyField,
	timeoutOption,
} from '../../../shared/descriptions/options';
import {
	embeddingForm,
	readBatchSize,
	toInput,
	writeEmbeddingRequest,
} from '../../../shared/embeddings/request';
import { readEmbedded, type Vector } from '../../../shared/embeddings/vectors';
import { CallFailure } from '../../../shared/errors/ApiError';
import { InputError } from '../../../shared/errors/InputError';
import { EMBEDDINGS } from '../../../shared/models/endpoints';
import { hasValues } from '../../../shared/parameters/readParameters';
import { readCost, shareOf, type Cost, type Usage } from '../../../shared/transport/usage';
import { factsOfFallback, type Call, type Operation } from '../../run/operation';

const properties: INodeProperties[] = [
	modelField,
	{
		displayName: 'Input',
		name: 'input',
		type: 'string',
		typeOptions: { rows: 2 },
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.text }}',
		description: 'The text, or by expression a list of texts. Each gets a vector and an item.',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	{
		...modelOptionsField,
		options: [
			batchSizeOption,
			costLimitOption,
			fallbackModelsOption,
			itemsInParallelOption,
			maxRetriesOption,
			requestIdOption,
			timeoutOption,
		],
	},
];

/** Fields of 'Create Embeddings'; what they mean for the request stands in `createEmbedding`. */
export const createFields = updateDisplayOptions(
	{ show: { resource: ['embedding'], operation: ['create'] } },
	properties,
);

/** A text's vector, and its share of what the request used up, by its length. */
interface EmbeddedText {
	embedding: Vector;
	usage?: Usage;
	cost?: Cost;
}

/**
 * POST /v1/embeddings: one item for each text. The texts of many items go in as few requests as
 * 'Batch Size' allows, and each vector goes back to its own item.
 */
export const createEmbedding: Operation = {
	endpoint: EMBEDDINGS,
	joinsItems: true,
	modelForm: embeddingForm,
	async perform(call) {
		const texts = readTexts(call.field<unknown>('input', ''));
		const { request, facts } = await readRequest(call);
		if (!call.field('simplify', true)) {
			const response = await call.send({ ...request, input: toInput(texts) });
			call.book(readCost(response.json, response));
			return [{ json: response.json as IDataObject }];
		}
		const embedded = await call.sendTogether<string, EmbeddedText>(texts, {
			key: JSON.stringify(request),
			size: readBatchSize(call.option<unknown>('batchSize', undefined)),
			send: async (batch) => await embed(call, request, batch),
			isOneToBlame: (error) => error instanceof CallFailure && error.fault.kind === 'refused',
		});
		return embedded.map((result, index) => toItem(call, result, index, facts));
	},
};

/** One text, or several by expression or as a JSON list. */
function readTexts(value: unknown): string[] {
	const list = typeof value === 'string' && /^\s*\[/.test(value) ? parseList(value) : value;
	const texts = (Array.isArray(list) ? list : [list]).map((text) =>
		text === null || text === undefined ? '' : String(text),
	);
	if (texts.length && texts.every((text) => text.trim() !== '')) return texts;
	throw new InputError(
		"'Input' is empty",
		'Enter a text, or an expression that returns one or a list of them. If it is an expression, check that the field it reads exists on this item.',
	);
}

function parseList(text: string): unknown {
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) && parsed.every((entry) => typeof entry === 'string')
			? parsed
			: text;
	} catch {
		return text;
	}
}

async function readRequest(call: Call) {
	const fields = {
		modelParameters: call.field<{ value?: unknown }>('modelParameters', {})?.value,
		extraBody: call.field<unknown>('extraBody', ''),
		isFallback: call.fallback !== undefined,
	};
	const schema = hasValues(fields.modelParameters) ? await call.requestSchema() : undefined;
	const { body, droppedParameters } = writeEmbeddingRequest(call.model, fields, schema);
	const facts = factsOfFallback(call, droppedParameters);
	return { request: body, facts };
}

async function embed(call: Call, request: object, texts: string[]): Promise<EmbeddedText[]> {
	const response = await call.send({ ...request, input: toInput(texts) });
	call.book(readCost(response.json, response));
	const { vectors, usage, cost } = readEmbedded(response, texts.length);
	const lengths = texts.map(({ length }) => length);
	const shares = shareOf(lengths, usage, cost);
	return vectors.map((embedding, index) => ({ embedding, ...shares[index] }));
}

function toItem(
	{ model }: Call,
	{ embedding, usage, cost }: EmbeddedText,
	index: number,
	facts: IDataObject,
): INodeExecutionData {
	return {
		json: {
			embedding,
			index,
			model,
			...facts,
			...(usage && { usage: { ...usage } }),
			...(cost && { cost: { ...cost } }),
		},
	};
}
