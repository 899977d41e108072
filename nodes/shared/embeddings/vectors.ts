import { ApiError, type ApiErrorInfo } from '../errors/ApiError';
import { isRecord } from '../json';
import { unexpectedResponseError } from '../transport/apiErrors';
import type { ApiResponse } from '../transport/apiResponse';
import { parseCost, parseUsage, type Cost, type Usage } from '../transport/usage';

/** Numbers, or with `encoding_format: base64` their bytes (little-endian 32-bit floats). */
export type Vector = number[] | string;

/** One vector for each text, in order, with the tokens and cost of the request. */
export interface EmbeddingsResult {
	vectors: Vector[];
	usage?: Usage;
	cost?: Cost;
}

/**
 * Parses the response of an embedding request.
 *
 * @throws ApiError unless there is one vector for each of the `count` texts, all of the same length and
 * in a clear order
 */
export function parseEmbeddings(response: ApiResponse, count: number): EmbeddingsResult {
	const { json } = response;
	const entries = entriesOf(json);
	const vectors = inOrder(entries)?.map(vectorOf);
	if (!vectors) {
		const indexes = entries.map(({ index }) => String(index)).join(', ');
		throw new ApiError(unclearVectorsError(response, indexes.slice(0, 200)));
	}
	const sizes = new Set(vectors.map((vector) => vector && toNumbers(vector).length));
	if (vectors.length !== count || sizes.size > 1 || sizes.has(undefined)) {
		throw new ApiError(unexpectedResponseError(response, `vector for each of the ${count} texts`));
	}
	return { vectors: vectors as Vector[], usage: parseUsage(json), cost: parseCost(json, response) };
}

const unclearVectorsError = (response: ApiResponse, indexes: string): ApiErrorInfo => ({
	kind: 'unusableAnswer',
	message: 'The answer does not say which vector belongs to which text',
	description: `The call may have been charged. Its indexes are ${indexes}. Lower 'Batch Size' in 'Options' to 1, or choose another model.`,
	httpStatus: response.status,
	requestId: response.requestId,
});

interface Entry {
	index?: unknown;
	vector: unknown;
}

/** Properties that hold the vectors, or an object with them; the documented one first. */
const LIST_KEYS = [
	...['data', 'embeddings', 'embedding', 'output', 'result', 'results', 'predictions', 'response'],
	...['vectors', 'vector', 'values', 'float'],
];
const VECTOR_KEYS = ['embedding', 'values', 'vector', 'embeddings', 'float'];
const MAX_DEPTH = 4;

/** The vectors of an answer in OpenAI's form, as a bare list or vector, or as other providers nest them. */
function entriesOf(body: unknown, depth = MAX_DEPTH): Entry[] {
	if (isVectorList(body)) return [{ vector: body }];
	if (Array.isArray(body)) return (body as unknown[]).map(toEntry);
	if (!isRecord(body) || !depth) return [];
	const lists = LIST_KEYS.map((key) => entriesOf(body[key], depth - 1));
	return lists.find((entries) => entries.length) ?? [];
}

const isVectorList = (list: unknown): boolean =>
	Array.isArray(list) && list.length > 0 && list.every((entry) => typeof entry === 'number');

const toEntry = (entry: unknown): Entry =>
	isRecord(entry)
		? { index: entry.index ?? entry.text_index, vector: unwrap(entry) }
		: { vector: unwrap(entry) };

/** A vector in an object, or in a list of its own. */
function unwrap(value: unknown, depth = MAX_DEPTH): unknown {
	if (isRecord(value) && depth) {
		return unwrap(VECTOR_KEYS.map((key) => value[key]).find(Boolean), depth - 1);
	}
	return Array.isArray(value) && value.length === 1 && Array.isArray(value[0]) ? value[0] : value;
}

/**
 * The vectors in the order of their texts: by index if the indexes are distinct and without gaps; as they
 * came if the indexes ascend, or start again at 0 for each part of the request.
 *
 * @returns `undefined` if the indexes fit no order
 */
function inOrder(entries: Entry[]): unknown[] | undefined {
	const vectors = entries.map(({ vector }) => vector);
	const indexes = entries.map(({ index }) => toIndex(index));
	if (indexes.every((index) => index === undefined)) return vectors;
	const known = indexes.filter((index) => index !== undefined);
	if (known.length < indexes.length) {
		return indexes.every((index, place) => (index ?? place) === place) ? vectors : undefined;
	}
	const first = known.reduce((least, index) => Math.min(least, index), Infinity);
	const places = known.map((index) => index - first);
	const isPermutation =
		new Set(places).size === places.length && places.every((place) => place < places.length);
	if (isPermutation) {
		const ordered = new Array<unknown>(places.length);
		places.forEach((place, from) => (ordered[place] = vectors[from]));
		return ordered;
	}
	return isAscending(known) || isNumberedInParts(known) ? vectors : undefined;
}

/** A whole number, or its text. */
function toIndex(value: unknown): number | undefined {
	const index = typeof value === 'string' && value.trim() ? Number(value) : value;
	return typeof index === 'number' && Number.isInteger(index) ? index : undefined;
}

const isAscending = (indexes: number[]): boolean =>
	indexes.every((index, at) => at === 0 || index >= indexes[at - 1]);

const isNumberedInParts = (indexes: number[]): boolean =>
	indexes.every((index, at) => index === 0 || (at > 0 && index === indexes[at - 1] + 1));

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

function vectorOf(value: unknown): Vector | undefined {
	if (typeof value === 'string') {
		const isWhole =
			BASE64.test(value) && Buffer.from(value, 'base64').length % BYTES_PER_NUMBER === 0;
		return isWhole ? value : undefined;
	}
	const isNumeric = Array.isArray(value) && value.length > 0 && value.every(Number.isFinite);
	return isNumeric ? (value as number[]) : undefined;
}

const BYTES_PER_NUMBER = 4;

/** Decodes a vector to numbers, from either encoding. */
export function toNumbers(vector: Vector): number[] {
	if (typeof vector !== 'string') return vector;
	const bytes = Buffer.from(vector, 'base64');
	const length = Math.floor(bytes.length / BYTES_PER_NUMBER);
	return Array.from({ length }, (_, index) => bytes.readFloatLE(index * BYTES_PER_NUMBER));
}
