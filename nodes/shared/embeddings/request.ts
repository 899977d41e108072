import { toSupportedParameters } from '../parameters/bodyParameters';
import { parseJsonObject } from '../parameters/jsonField';
import type { ModelForm } from '../parameters/modelForm';
import { checkRequired } from '../parameters/required';
import { acceptedTypes, alternatives, type ObjectSchema } from '../schema/jsonSchema';
import { toInputTypeProperties, type InputType } from './inputType';

/** What the fields of an embedding say, as far as it concerns the request. */
export interface EmbeddingFields {
	/** The value of 'Model Parameters'. */
	modelParameters: unknown;
	extraBody: unknown;
	/** Whether the model stands in for the chosen one. */
	isFallback: boolean;
	/** What the texts are for, where that is known. */
	purpose?: InputType;
}

/** Everything of the body but the texts. */
export interface EmbeddingRequest {
	body: Record<string, unknown>;
	/** Parameters that a model which stands in does not take. */
	droppedParameters: string[];
}

/**
 * Writes the body of POST /v1/embeddings without its `input`. What the user set goes before what
 * follows from the purpose of the texts.
 *
 * @throws InputError for a parameter that the model does not take or lacks
 */
export function toEmbeddingRequest(
	model: string,
	{ modelParameters, extraBody, isFallback, purpose }: EmbeddingFields,
	schema: ObjectSchema | undefined,
): EmbeddingRequest {
	const extra = parseJsonObject(extraBody, 'Extra Body');
	const asked = { model, isFallback };
	const { parameters, droppedParameters } = toSupportedParameters(asked, modelParameters, schema);
	const body = { model, ...toInputTypeProperties(schema, purpose), ...parameters, ...extra };
	checkRequired({ input: '', ...body }, schema, model);
	return { body, droppedParameters };
}

/** The body's `input`: a single text stays one, since a few models take no list. */
export const toInput = (texts: string[]): string | string[] =>
	texts.length === 1 ? texts[0] : texts;

/** What 'Model Parameters' of an embedding model offers, wherever texts are embedded. */
export const embeddingForm: ModelForm = {
	excludedProperties: ['model', 'input'],
	defaultSchema: {
		type: 'object',
		required: [],
		properties: {
			dimensions: { type: 'integer', minimum: 1 },
			encoding_format: { type: 'string', enum: ['float', 'base64'] },
			input_type: { type: 'string' },
			task_type: { type: 'string' },
		},
	},
};

/** How many texts go into one request unless the user says otherwise. */
export const DEFAULT_BATCH_SIZE = 100;

/** The value of 'Batch Size'; the default for what is no count. */
export function toBatchSize(value: unknown): number {
	const size = Math.floor(Number(value ?? DEFAULT_BATCH_SIZE));
	return size >= 1 ? size : DEFAULT_BATCH_SIZE;
}

/** How many texts a model takes at once by its schema: one where it takes no list of them. */
export function maxTextsPerRequest(schema: ObjectSchema | undefined): number {
	const input = schema?.properties.input;
	if (!input) return Infinity;
	const types = acceptedTypes(input);
	if (types.size && !types.has('array')) return 1;
	const stated = alternatives(input).flatMap(({ maxItems }) => maxItems ?? []);
	return stated.length ? Math.max(...stated) : Infinity;
}

/** Parts texts, in their order, into lists of at most `size`. */
export const toChunks = (texts: string[], size: number): string[][] =>
	Array.from({ length: Math.ceil(texts.length / size) }, (_, index) =>
		texts.slice(index * size, (index + 1) * size),
	);
