import type { INodeProperties } from 'n8n-workflow';
import { acceptedTypes, alternatives, type ObjectSchema } from '../schema/jsonSchema';

/** Texts in one request, by default. */
const DEFAULT_BATCH_SIZE = 100;

export const batchSizeOption: INodeProperties = {
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	default: DEFAULT_BATCH_SIZE,
	typeOptions: { minValue: 1, numberPrecision: 0 },
	description: 'Max number of texts in one request',
};

/** The value of 'Batch Size', or the default if it isn't a positive number. */
export function toBatchSize(value: unknown): number {
	const size = Math.floor(Number(value ?? DEFAULT_BATCH_SIZE));
	return Number.isSafeInteger(size) && size >= 1 ? size : DEFAULT_BATCH_SIZE;
}

/** The most texts that the model's schema allows in one request; 1 if it accepts no list. */
export function maxTextsPerRequest(schema: ObjectSchema | undefined): number {
	const input = schema?.properties.input;
	if (!input) return Infinity;
	const types = acceptedTypes(input);
	if (types.size && !types.has('array')) return 1;
	const stated = alternatives(input).flatMap(({ maxItems }) => maxItems ?? []);
	return stated.length ? Math.max(...stated) : Infinity;
}

/** Splits texts into lists of at most `size`, in order. */
export const toChunks = (texts: string[], size: number): string[][] =>
	Array.from({ length: Math.ceil(texts.length / size) }, (_, index) =>
		texts.slice(index * size, (index + 1) * size),
	);
