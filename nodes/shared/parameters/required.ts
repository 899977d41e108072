import { InputError } from '../errors/InputError';
import { findFileInputs, type FileInput } from './fileInputs';
import { toParameterLabel } from './parameterFields';
import type { TargetModel } from './targetModel';
import { CHECK_EXPRESSION } from './textField';

/**
 * Checks that a body has all required properties before it is sent.
 *
 * @param labels of fields that fill a property with a different name
 * @throws InputError that names the field to fill
 */
export function checkRequired(
	body: Record<string, unknown>,
	{ id, schema }: TargetModel,
	labels: Record<string, string> = {},
): void {
	const missing = schema?.required.find((name) => body[name] === undefined);
	if (!schema || missing === undefined) return;
	const file = findFileInputs(schema).find(({ path }) => path[0] === missing);
	throw new InputError(
		`The model ${id} needs '${labels[missing] ?? toParameterLabel(missing)}'`,
		file
			? `Add the ${FILE_WORDS[file.family]} under 'Files'.`
			: labels[missing] === undefined
				? "Fill it in, or add it in 'Model Parameters'."
				: `Fill in '${labels[missing]}'. ${CHECK_EXPRESSION}`,
	);
}

const FILE_WORDS: Record<FileInput['family'], string> = {
	image: 'image',
	video: 'video',
	audio: 'audio file',
	model: '3D model',
	'': 'file',
};
