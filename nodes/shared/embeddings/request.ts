import { toSupportedParameters } from '../parameters/bodyParameters';
import type { ModelForm } from '../parameters/modelForm';
import { checkRequired } from '../parameters/required';
import type { TargetModel } from '../parameters/targetModel';
import { toInputTypeProperties, type InputType } from './inputType';

/** Field values that the embedding request is built from. */
export interface EmbeddingFields {
	/** The value of 'Model Parameters'. */
	modelParameters: unknown;
	extraBody: Record<string, unknown>;
	/** What the texts are for, if known. */
	purpose?: InputType;
}

/** The body without the texts. */
export interface EmbeddingRequest {
	body: Record<string, unknown>;
	/** Parameters left out because the fallback model does not support them. */
	droppedParameters: string[];
}

/**
 * Builds the body of POST /v1/embeddings without its `input`. Values that the user set take
 * precedence over the input type.
 *
 * @throws InputError for a parameter that is missing or that the model does not support
 */
export function toEmbeddingRequest(
	{ modelParameters, extraBody, purpose }: EmbeddingFields,
	model: TargetModel,
): EmbeddingRequest {
	const { parameters, droppedParameters } = toSupportedParameters(modelParameters, model);
	const inputType = toInputTypeProperties(model.schema, purpose);
	const body = { model: model.id, ...inputType, ...parameters, ...extraBody };
	checkRequired({ input: '', ...body }, model);
	return { body, droppedParameters };
}

/** The body's `input`. A single text is sent as a string, since some models accept no list. */
export const toInput = (texts: string[]): string | string[] =>
	texts.length === 1 ? texts[0] : texts;

/** The form of 'Model Parameters' for embedding models, in both nodes. */
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
