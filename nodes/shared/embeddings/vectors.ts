import { ApiError } from '../errors/ApiError';
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
 * @throws ApiError unless it has one vector for each of the `count` texts that were sent
 */
export function parseEmbeddings(response: ApiResponse, count: number): EmbeddingsResult {
	const { json } = response;
	const vectors = parseVectors(json);
	if (vectors.length !== count) {
		throw new ApiError(unexpectedResponseError(response, `vector for each of the ${count} texts`));
	}
	return { vectors, usage: parseUsage(json), cost: parseCost(json, response) };
}

function parseVectors(body: unknown): Vector[] {
	const data = isRecord(body) && Array.isArray(body.data) ? body.data.filter(isRecord) : [];
	const ordered = data.every(({ index }) => typeof index === 'number')
		? [...data].sort((a, b) => Number(a.index) - Number(b.index))
		: data;
	return ordered
		.map(({ embedding }) => embedding)
		.filter(
			(embedding): embedding is Vector => Array.isArray(embedding) || typeof embedding === 'string',
		);
}

const BYTES_PER_NUMBER = 4;

/** Decodes a vector to numbers, from either encoding. */
export function toNumbers(vector: Vector): number[] {
	if (typeof vector !== 'string') return vector;
	const bytes = Buffer.from(vector, 'base64');
	const length = Math.floor(bytes.length / BYTES_PER_NUMBER);
	return Array.from({ length }, (_, index) => bytes.readFloatLE(index * BYTES_PER_NUMBER));
}
