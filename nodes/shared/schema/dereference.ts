import { isRecord } from '../json';
import { type JsonSchema } from './jsonSchema';

/**
 * A copy of `schema` in which every local `$ref` (`#/components/…`) is replaced by what it points to.
 * A reference that leads nowhere, outside the document, or back into itself becomes `{}`: anything
 * is accepted there, and the API has the last word.
 */
export function dereference(schema: JsonSchema, document: unknown): JsonSchema {
	return resolve(schema, document, []) as JsonSchema;
}

function resolve(value: unknown, document: unknown, open: readonly string[]): unknown {
	if (Array.isArray(value)) return value.map((entry) => resolve(entry, document, open));
	if (!isRecord(value)) return value;

	const { $ref: reference, ...beside } = value;
	if (typeof reference === 'string') {
		const target = open.includes(reference) ? undefined : lookUp(reference, document);
		const resolved = isRecord(target) ? resolve(target, document, [...open, reference]) : {};
		return { ...(resolved as object), ...(resolve(beside, document, open) as object) };
	}
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, resolve(entry, document, open)]),
	);
}

/** Follows a JSON pointer (RFC 6901) from the root of the document, through objects and lists. */
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
