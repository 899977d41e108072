import type { ObjectSchema } from '../schema/jsonSchema';
import { parseJsonObject } from '../parameters/jsonField';
import { readParametersFor } from '../parameters/readParameters';
import { checkRequired } from '../parameters/required';
import { purposeProperties, type TextPurpose } from './purpose';

/** What the fields of an embedding say, as far as it concerns the request. */
export interface EmbeddingFields {
	/** The value of 'Model Parameters'. */
	modelParameters: unknown;
	extraBody: unknown;
	/** Whether the model stands in for the chosen one. */
	isFallback: boolean;
	/** What the texts are for, where that is known. */
	purpose?: TextPurpose;
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
export function writeEmbeddingRequest(
	model: string,
	{ modelParameters, extraBody, isFallback, purpose }: EmbeddingFields,
	schema: ObjectSchema | undefined,
): EmbeddingRequest {
	const extra = parseJsonObject(extraBody, 'Extra Body');
	const asked = { model, isFallback };
	const { parameters, droppedParameters } = readParametersFor(asked, modelParameters, schema);
	const body = { model, ...purposeProperties(schema, purpose), ...parameters, ...extra };
	checkRequired({ input: '', ...body }, schema, model);
	return { body, droppedParameters };
}

/** The body's `input`: a single text stays one, since a few models take no list. */
export const toInput = (texts: string[]): string | string[] =>
	texts.length === 1 ? texts[0] : texts;
