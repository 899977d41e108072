import { mainTextProperty } from '../parameters/promptProperty';
import { InputError } from '../errors/InputError';
import { findProblem } from '../schema/validate';
import type { ObjectSchema } from '../schema/jsonSchema';
import { asForm, FormFile, type FormBody } from '../transport/multipart';
import { parseJsonObject } from '../parameters/jsonField';
import { placeFiles, type PlacedFile } from '../../AimlApi/media/placeFiles';
import { fitParameters, parseParameters, readModelParameters } from '../parameters/readParameters';
import { checkRequired } from '../parameters/required';

/** What the editor's fields of an operation that makes or reads media hold. */
export interface MediaFields {
	/** The operation's main text, where it has one. */
	text?: MainText;
	files: PlacedFile[];
	modelParameters: unknown;
	extraBody: unknown;
	/** The model stands in for the one that the parameters were chosen for. */
	isFallback: boolean;
}

/** The value of the field for the main text, its label, and the properties it may fill. */
export interface MainText {
	value: string;
	label: string;
	properties: readonly string[];
}

/**
 * The body of a request that makes or reads images, video, sound or documents: JSON, or a form where
 * a file has to be uploaded. Only what the user set is in it.
 *
 * @throws InputError naming the field, before anything is paid for
 */
export async function writeMediaRequest(
	model: string,
	{ text, files, modelParameters, extraBody, isFallback }: MediaFields,
	schema: ObjectSchema | undefined,
): Promise<{ body: Record<string, unknown> | FormBody; droppedParameters: string[] }> {
	const extra = parseJsonObject(extraBody, 'Extra Body');
	const { fitting, dropped } = fitParameters({ isFallback }, modelParameters, schema);
	const placed = await placeFiles(files, schema, model, parseParameters(fitting));
	const main = text && writeText(text, schema, model);
	const body = {
		model,
		...main?.written,
		...placed,
		...readModelParameters({ ...fitting, ...omitUploads(placed) }, schema, model),
		...extra,
	};
	checkRequired(body, schema, model, main?.labels);
	return { body: asForm(body), droppedParameters: dropped };
}

/** Files as values of parameters, which are held against the model's schema like any other. */
const omitUploads = (placed: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(placed).filter(([, value]) => ![value].flat().some(isFormFile)),
	);

const isFormFile = (value: unknown): boolean => value instanceof FormFile;

/** The body property that the main text fills, and the label of its field by that property. */
function writeText(
	{ value, label, properties }: MainText,
	schema: ObjectSchema | undefined,
	model: string,
): { written: Record<string, string>; labels: Record<string, string> } {
	const property = mainTextProperty(schema, properties);
	const labels = property === undefined ? {} : { [property]: label };
	if (value.trim() === '') return { written: {}, labels };
	if (property === undefined) {
		throw new InputError(
			`The model ${model} takes no '${label}'`,
			`Leave '${label}' empty, or choose another model.`,
		);
	}
	const problem = schema && findProblem(schema.properties[property], value);
	if (!problem) return { written: { [property]: value }, labels };
	throw new InputError(
		`'${label}' must be ${problem.expected}, but has ${[...value].length} characters`,
		`This is what the model ${model} documents. Change it, or choose another model.`,
	);
}
