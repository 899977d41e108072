import { InputError } from '../errors/InputError';
import type { ObjectSchema } from '../schema/jsonSchema';
import { findFileInputs } from './fileInputs';
import { toParameterLabel } from './parameterFields';

/**
 * Checks that a body has all required properties before it is sent.
 *
 * @param labels of fields that fill a property with a different name
 * @throws InputError that names the field to fill
 */
export function checkRequired(
	body: Record<string, unknown>,
	schema: ObjectSchema | undefined,
	model: string,
	labels: Record<string, string> = {},
): void {
	const missing = schema?.required.find((name) => body[name] === undefined);
	if (!schema || missing === undefined) return;
	const isFile = findFileInputs(schema).some(({ path }) => path[0] === missing);
	throw new InputError(
		`The model ${model} needs '${labels[missing] ?? toParameterLabel(missing)}'`,
		isFile
			? `Add a file under 'Files' with '${missing}' as its parameter.`
			: labels[missing] === undefined
				? "Fill it in, or add it in 'Model Parameters'."
				: `Fill in '${labels[missing]}'.`,
	);
}
