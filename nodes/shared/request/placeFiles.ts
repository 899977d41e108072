import { mediaProperties, takesSeveralFiles } from '../catalogue/mediaProperties';
import { parameterName } from '../catalogue/parameterFields';
import { InputError } from '../run/InputError';
import { alternatives, type ObjectSchema } from '../schema/jsonSchema';
import type { Attachment } from './attachments';

/** A file and the body property that the user chose for it; '' when the choice is left to us. */
export interface PlacedFile {
	file: Attachment;
	parameter: string;
}

/**
 * The body properties that hold the files: each an address or, for binary data, a data URL, alone or
 * in a list, as the property's schema wants it.
 *
 * @throws InputError when it is not clear which property a file belongs to, or one is full
 */
export async function placeFiles(
	files: PlacedFile[],
	schema: ObjectSchema | undefined,
	model: string,
): Promise<Record<string, unknown>> {
	const placed: Record<string, unknown> = {};
	for (const { file, parameter } of files) {
		const name = parameter || guessProperty(file, placed, schema, model);
		const reference = file.url ?? `data:${file.mimeType};base64,${await file.base64()}`;
		placed[name] = addReference(name, placed[name], reference, schema, model);
	}
	return placed;
}

/** The one property that fits the file's kind; of several, the first that is required and free. */
function guessProperty(
	file: Attachment,
	placed: Record<string, unknown>,
	schema: ObjectSchema | undefined,
	model: string,
): string {
	const [family] = file.mimeType.split('/');
	if (!schema) return `${family === 'application' ? 'file' : family}_url`;
	const all = mediaProperties(schema);
	const isFree = (name: string): boolean =>
		placed[name] === undefined || takesSeveralFiles(schema.properties[name]);
	const ofKind = all.filter((name) => kindOf(name) === family && isFree(name));
	const candidates = ofKind.length
		? ofKind
		: all.filter((name) => kindOf(name) === '' && isFree(name));
	const required = candidates.filter((name) => schema.required.includes(name));
	if (candidates.length === 1) return candidates[0];
	if (required.length) return required[0];
	throw new InputError(
		all.length
			? `It is not clear what the model ${model} should use ${file.fileName} for`
			: `The model ${model} takes no files`,
		all.length
			? `Choose in 'Files' under 'Parameter' one of: ${all.join(', ')}.`
			: "Remove the entry from 'Files', or choose another model.",
	);
}

/** The MIME family that a property's name speaks of; '' when it speaks of none. */
function kindOf(name: string): string {
	if (/video/i.test(name)) return 'video';
	if (/audio/i.test(name)) return 'audio';
	return /image|photo|mask|frame/i.test(name) ? 'image' : '';
}

function addReference(
	name: string,
	present: unknown,
	reference: string,
	schema: ObjectSchema | undefined,
	model: string,
): unknown {
	const property = schema?.properties[name];
	if (Array.isArray(present)) return [...(present as unknown[]), reference];
	const takesOne = !property || alternatives(property).some(({ type }) => type === 'string');
	if (present === undefined) return takesOne ? reference : [reference];
	if (!property || takesSeveralFiles(property)) return [present, reference];
	throw new InputError(
		`'${parameterName(name)}' of the model ${model} takes one file`,
		"Remove the other entries for it from 'Files', or choose another parameter for them.",
	);
}
