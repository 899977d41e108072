import { acceptedTypes, alternatives, type ObjectSchema } from '../schema/jsonSchema';

/** How many texts go into one request unless the user says otherwise. */
export const DEFAULT_BATCH_SIZE = 100;

/** The value of 'Batch Size'; the default for what is no count. */
export function readBatchSize(value: unknown): number {
	const size = Math.floor(Number(value ?? DEFAULT_BATCH_SIZE));
	return size >= 1 ? size : DEFAULT_BATCH_SIZE;
}

/** How many texts a model takes at once by its schema: one where it takes no list of them. */
export function mostTextsAtOnce(schema: ObjectSchema | undefined): number {
	const input = schema?.properties.input;
	if (!input) return Infinity;
	const types = acceptedTypes(input);
	if (types.size && !types.has('array')) return 1;
	const stated = alternatives(input).flatMap(({ maxItems }) => maxItems ?? []);
	return stated.length ? Math.max(...stated) : Infinity;
}

/** Parts texts, in their order, into lists of at most `size`. */
export const toBatches = (texts: string[], size: number): string[][] =>
	Array.from({ length: Math.ceil(texts.length / size) }, (_, index) =>
		texts.slice(index * size, (index + 1) * size),
	);
