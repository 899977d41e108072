import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../shared/errors/InputError';
import {
	dropUnsupported,
	parseParameters,
	toBodyParameters,
} from '../../shared/parameters/bodyParameters';
import type { PromptField } from '../../shared/parameters/modelForm';
import { findPromptProperty } from '../../shared/parameters/promptProperty';
import { checkRequired } from '../../shared/parameters/required';
import { toTargetModel, type TargetModel } from '../../shared/parameters/targetModel';
import { parseText } from '../../shared/parameters/textField';
import { findProblem } from '../../shared/schema/validate';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { getBodyFields, type BodyFields } from '../run/bodyFields';
import { FormFile, toMultipart, type FormBody } from '../run/multipart';
import { fallbackMetadata, type ItemContext } from '../run/operation';
import { toFileParameters, type InputFile } from './fileParameters';
import { getInputFiles } from './inputFiles';

/**
 * Sends the request of an operation that generates or reads media.
 *
 * @returns the response, and the field `fallback` of each item
 * @throws InputError, ApiError
 */
export async function sendMediaRequest(
	context: ItemContext,
	prompt?: PromptField,
): Promise<{ response: ApiResponse; metadata: IDataObject }> {
	const fields = {
		prompt: prompt && {
			...prompt,
			value: parseText(context.getField(prompt.name, ''), prompt.label),
		},
		files: await getInputFiles(context),
		...getBodyFields(context),
	};
	const model = toTargetModel(context, await context.requestSchema());
	const { body, droppedParameters } = await toMediaRequest(fields, model);
	return {
		response: await context.send(body),
		metadata: fallbackMetadata(context, droppedParameters),
	};
}

/** Field values of an operation that generates or reads media. */
interface MediaFields extends BodyFields {
	/** The operation's main text, if it has one. */
	prompt?: PromptValue;
	files: InputFile[];
}

/** The field for the main text, and its value. */
interface PromptValue extends PromptField {
	value: string;
}

/**
 * The body of a request for images, video, audio or documents: JSON, or a multipart form if a file has
 * to be uploaded. It contains only what the user set.
 *
 * @throws InputError naming the field
 */
async function toMediaRequest(
	{ prompt, files, modelParameters, extraBody }: MediaFields,
	model: TargetModel,
): Promise<{ body: Record<string, unknown> | FormBody; droppedParameters: string[] }> {
	const { fitting, dropped } = dropUnsupported(modelParameters, model);
	const placed = await toFileParameters(files, model, parseParameters(fitting));
	const main = prompt && toPromptProperty(prompt, model);
	const body = {
		model: model.id,
		...main?.written,
		...placed,
		...toBodyParameters({ ...fitting, ...omitUploads(placed) }, model),
		...extraBody,
	};
	checkRequired(body, model, main?.labels);
	return { body: toMultipart(body), droppedParameters: dropped };
}

/** Files that are parameter values, which are validated like any other parameter. */
const omitUploads = (placed: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(placed).filter(
			([, value]) => ![value].flat().some((part) => part instanceof FormFile),
		),
	);

/** The body property that the main text fills, and the label of its field. */
function toPromptProperty(
	{ value, label, properties }: PromptValue,
	{ id, schema }: TargetModel,
): { written: Record<string, string>; labels: Record<string, string> } {
	const property = findPromptProperty(schema, properties);
	const labels = property === undefined ? {} : { [property]: label };
	if (value.trim() === '') return { written: {}, labels };
	if (property === undefined) {
		throw new InputError(
			`${id} doesn't support '${label}'`,
			`Leave '${label}' empty, or choose another model.`,
		);
	}
	const problem = schema && findProblem(schema.properties[property], value);
	if (!problem) return { written: { [property]: value }, labels };
	throw new InputError(
		`'${label}' must be ${problem.expected}, but has ${[...value].length} characters`,
		`This is the limit of ${id}. Change the text, or choose another model.`,
	);
}
