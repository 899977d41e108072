import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../shared/errors/InputError';
import { parseJsonObject } from '../../shared/parameters/jsonField';
import type { MainTextField } from '../../shared/parameters/modelForm';
import { mainTextProperty } from '../../shared/parameters/promptProperty';
import {
	fitParameters,
	parseParameters,
	readModelParameters,
} from '../../shared/parameters/readParameters';
import { checkRequired } from '../../shared/parameters/required';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import { findProblem } from '../../shared/schema/validate';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { factsOfFallback, type Call } from '../run/operation';
import { readPlacedFiles } from './inputFiles';
import { asForm, FormFile, type FormBody } from './multipart';
import { placeFiles, type PlacedFile } from './placeFiles';

/**
 * Sends the request of an operation that makes or reads media.
 *
 * @returns the answer, and what each item should say of a model that stood in
 */
export async function requestMedia(
	call: Call,
	mainText?: MainTextField,
): Promise<{ response: ApiResponse; facts: IDataObject }> {
	const fields = {
		text: mainText && { ...mainText, value: String(call.field(mainText.name, '') ?? '') },
		files: readPlacedFiles(call),
		modelParameters: call.field<{ value?: unknown }>('modelParameters', {})?.value,
		extraBody: call.field<unknown>('extraBody', ''),
		isFallback: call.fallback !== undefined,
	};
	const schema = await call.requestSchema();
	const { body, droppedParameters } = await writeMediaRequest(call.model, fields, schema);
	return { response: await call.send(body), facts: factsOfFallback(call, droppedParameters) };
}

/** The field 'Prompt' of operations that make images, videos or music. */
export const promptField: MainTextField = {
	name: 'prompt',
	label: 'Prompt',
	properties: ['prompt', 'text_prompt', 'text'],
};

/** What the editor's fields of an operation that makes or reads media hold. */
interface MediaFields {
	/** The operation's main text, where it has one. */
	text?: MainText;
	files: PlacedFile[];
	modelParameters: unknown;
	extraBody: unknown;
	/** The model stands in for the one that the parameters were chosen for. */
	isFallback: boolean;
}

/** The value of the field for the main text, its label, and the properties it may fill. */
interface MainText {
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
async function writeMediaRequest(
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
