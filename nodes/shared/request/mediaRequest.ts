import { parameterName } from '../catalogue/parameterFields';
import { InputError } from '../run/InputError';
import type { ObjectSchema } from '../schema/jsonSchema';
import { parseJsonObject } from './parseJson';
import { placeFiles, type PlacedFile } from './placeFiles';
import { readParametersFor } from './readModelParameters';
import { checkRequired } from './required';

/** What the editor's fields of an operation that makes media hold. */
export interface MediaFields {
	/** The operation's main text and the body property it fills, e.g. `prompt`. */
	text: { property: string; value: string };
	files: PlacedFile[];
	modelParameters: unknown;
	extraBody: unknown;
	/** The model stands in for the one that the parameters were chosen for. */
	isFallback: boolean;
}

/**
 * The body of a request that makes images, video or sound. Only what the user set is in it.
 *
 * @throws InputError naming the field, before anything is paid for
 */
export async function writeMediaRequest(
	model: string,
	{ text, files, modelParameters, extraBody, isFallback }: MediaFields,
	schema: ObjectSchema | undefined,
): Promise<{ body: Record<string, unknown>; droppedParameters: string[] }> {
	const extra = parseJsonObject(extraBody, 'Extra Body');
	const asked = { model, isFallback };
	const { parameters, droppedParameters } = readParametersFor(asked, modelParameters, schema);
	const body = {
		model,
		...writeText(text, schema, model),
		...(await placeFiles(files, schema, model)),
		...parameters,
		...extra,
	};
	checkRequired(body, schema, model);
	return { body, droppedParameters };
}

function writeText(
	{ property, value }: MediaFields['text'],
	schema: ObjectSchema | undefined,
	model: string,
): Record<string, string> {
	if (value.trim() === '') return {};
	if (!schema || Object.hasOwn(schema.properties, property)) return { [property]: value };
	throw new InputError(
		`The model ${model} takes no '${parameterName(property)}'`,
		`Leave '${parameterName(property)}' empty, or choose another model.`,
	);
}
