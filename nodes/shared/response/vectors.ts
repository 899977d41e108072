import { isRecord } from '../schema/jsonSchema';

/** Numbers, or with `encoding_format: base64` their bytes (32-bit floats, little-endian). */
export type Vector = number[] | string;

/** The vectors of an embeddings answer, in the order of the texts that were sent. */
export function readVectors(body: unknown): Vector[] {
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
