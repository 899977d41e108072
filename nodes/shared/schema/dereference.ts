import { isRecord } from '../json';
import { type JsonSchema } from './jsonSchema';

/** Max objects and lists in a resolved schema; the API's documents have a few thousand. */
const MAX_NODES = 50_000;

/**
 * A copy of `schema` with every local `$ref` (`#/components/…`) replaced by its target. A reference that
 * is invalid, external or recursive becomes `{}`, which accepts anything, so that the API decides. So
 * does a reference beyond `MAX_NODES`: nested double references grow exponentially.
 */
export function dereference(schema: JsonSchema, document: unknown): JsonSchema {
	return resolve(schema, { document, nodes: 0 }, []) as JsonSchema;
}

interface Resolution {
	document: unknown;
	/** Objects and lists copied so far. */
	nodes: number;
}

function resolve(value: unknown, resolution: Resolution, open: readonly string[]): unknown {
	if (typeof value === 'object' && value !== null) resolution.nodes++;
	if (Array.isArray(value)) return value.map((entry) => resolve(entry, resolution, open));
	if (!isRecord(value)) return value;

	const { $ref: reference, ...beside } = value;
	if (typeof reference === 'string') {
		const isCut = open.includes(reference) || resolution.nodes > MAX_NODES;
		const target = isCut ? undefined : lookUp(reference, resolution.document);
		const resolved = isRecord(target) ? resolve(target, resolution, [...open, reference]) : {};
		return { ...(resolved as object), ...(resolve(beside, resolution, open) as object) };
	}
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, resolve(entry, resolution, open)]),
	);
}

/** A value of the document, or what its `$ref` points to. */
export const followReference = (value: unknown, document: unknown): unknown =>
	isRecord(value) && typeof value.$ref === 'string' ? lookUp(value.$ref, document) : value;

/** Follows a JSON pointer (RFC 6901) from the root of the document. */
function lookUp(reference: string, document: unknown): unknown {
	if (!reference.startsWith('#/')) return undefined;
	return reference
		.slice(2)
		.split('/')
		.map((step) => decode(step).replaceAll('~1', '/').replaceAll('~0', '~'))
		.reduce<unknown>(
			(node, step) => (isRecord(node) || Array.isArray(node) ? Object(node)[step] : undefined),
			document,
		);
}

function decode(step: string): string {
	try {
		return decodeURIComponent(step);
	} catch {
		return step;
	}
}
