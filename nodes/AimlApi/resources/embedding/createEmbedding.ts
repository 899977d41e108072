import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { EMBEDDINGS } from '../../../shared/catalogue/endpoints';
import { parseJsonObject } from '../../../shared/request/parseJson';
import { hasValues, readParametersFor } from '../../../shared/request/readModelParameters';
import { checkRequired } from '../../../shared/request/required';
import { readVectors, type Vector } from '../../../shared/response/vectors';
import {
	readCost,
	readUsage,
	shareOf,
	type Cost,
	type Usage,
} from '../../../shared/response/usage';
import { CallFailure } from '../../../shared/run/fault';
import { InputError } from '../../../shared/run/InputError';
import type { Call, Operation } from '../../../shared/run/operation';
import { readUnknownAnswer } from '../../../shared/run/readFault';

const DEFAULT_BATCH_SIZE = 100;

/** A text's vector, and its share of what the request used up, by its length. */
interface Embedded {
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
	modelForm: {
		ownProperties: ['model', 'input'],
		generalSchema: {
			type: 'object',
			required: [],
			properties: {
				dimensions: { type: 'integer', minimum: 1 },
				encoding_format: { type: 'string', enum: ['float', 'base64'] },
				input_type: { type: 'string' },
				task_type: { type: 'string' },
			},
		},
	},
	async perform(call) {
		const texts = readTexts(call.field<unknown>('input', ''));
		const { request, facts } = await readRequest(call);
		if (!call.field('simplify', true)) {
			const response = await call.send({ ...request, input: toInput(texts) });
			call.book(readCost(response.json, response));
			return [{ json: response.json as IDataObject }];
		}
		const size = Number(call.option('batchSize', DEFAULT_BATCH_SIZE));
		const embedded = await call.sendTogether<Embedded>(texts, {
			key: JSON.stringify(request),
			size: size >= 1 ? size : DEFAULT_BATCH_SIZE,
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
	const values = call.field<{ value?: unknown }>('modelParameters', {})?.value;
	const extra = parseJsonObject(call.field<unknown>('extraBody', ''), 'Extra Body');
	const schema = hasValues(values) ? await call.requestSchema() : undefined;
	const asked = { model: call.model, isFallback: call.fallback !== undefined };
	const { parameters, droppedParameters } = readParametersFor(asked, values, schema);
	const request = { model: call.model, ...parameters, ...extra };
	checkRequired({ input: '', ...request }, schema, call.model);
	const facts: IDataObject = call.fallback
		? { fallback: { ...call.fallback, droppedParameters } }
		: {};
	return { request, facts };
}

const toInput = (texts: string[]): string | string[] => (texts.length === 1 ? texts[0] : texts);

async function embed(call: Call, request: object, texts: string[]): Promise<Embedded[]> {
	const response = await call.send({ ...request, input: toInput(texts) });
	const usage = readUsage(response.json);
	const cost = readCost(response.json, response);
	call.book(cost);
	const vectors = readVectors(response.json);
	if (vectors.length !== texts.length) {
		throw new CallFailure(
			readUnknownAnswer(response, `vector for each of the ${texts.length} texts`),
		);
	}
	const shares = shareOf(
		texts.map(({ length }) => length),
		usage,
		cost,
	);
	return vectors.map((embedding, index) => ({ embedding, ...shares[index] }));
}

function toItem(
	{ model }: Call,
	{ embedding, usage, cost }: Embedded,
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
