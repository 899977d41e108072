import {
	allowedValues,
	alternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';

/** A place in a request body that takes a file. */
export interface FileInput {
	/** Property names from the body down to the file; the lists in between are not counted. */
	path: string[];
	/** An address or data URL, bare base64, or a part of a multipart form. */
	encoding: 'address' | 'base64' | 'upload';
	/** The MIME family that the name speaks of; '' when it speaks of none. */
	family: 'image' | 'video' | 'audio' | 'model' | '';
	/** Whether the body needs the property that it lies in. */
	required: boolean;
}

const NAMES =
	/(^|_)(image|video|audio|photo|mask|mesh|frame|file|document|media|url|uri)(_?(url|uri|list|image|video|data|base64))?s?$/i;
const NON_FILE_NAMES = /callback|webhook/i;
const MAX_DEPTH = 4;

/**
 * All places of a body that take a file, at whatever depth: text without a list of values that is by
 * its format an address or by its name a medium, an upload, or a list of such.
 */
export function findFileInputs(schema: ObjectSchema): FileInput[] {
	return inputsOfObject(schema, [], false);
}

function inputsOfObject(
	{ properties = {}, required = [] }: JsonSchema,
	path: string[],
	isNeeded: boolean,
): FileInput[] {
	if (path.length >= MAX_DEPTH) return [];
	const isRequired = (name: string): boolean => path.length === 0 && required.includes(name);
	return Object.entries(properties)
		.filter(([name]) => !NON_FILE_NAMES.test(name))
		.flatMap(([name, property]) => {
			const own = [...path, name];
			const asText = textForms(name, Object.keys(properties));
			const places = inputsOf(property, own, isNeeded || isRequired(name), asText);
			const byForm = places.map(
				(place) => [`${place.path.join('.')} ${place.encoding}`, place] as const,
			);
			return [...new Map(byForm).values()];
		});
}

function inputsOf(
	schema: JsonSchema,
	path: string[],
	required: boolean,
	asText: TextForm[],
): FileInput[] {
	return alternatives(schema).flatMap((form) => {
		if (form.items) return inputsOf(form.items, path, required, asText);
		const family = familyOf(path);
		const own = encodingOf(form, path, asText).map((encoding) => ({
			path,
			encoding,
			family,
			required,
		}));
		return own.length ? own : inputsOfObject(form, path, required);
	});
}

/** How a form takes a file; empty for one that takes none. */
function encodingOf(
	form: JsonSchema,
	path: string[],
	asText: TextForm[],
): Array<FileInput['encoding']> {
	if (isUpload(form)) return ['upload'];
	if (!acceptsText(form, path)) return [];
	return form.format === 'uri' ? ['address'] : asText;
}

/** What a multipart parser makes of a file, which is how the API's schemas describe an upload. */
const isUpload = ({ type, format, properties }: JsonSchema): boolean =>
	(type === 'string' && format === 'binary') ||
	(properties !== undefined && 'mimetype' in properties && 'originalname' in properties);

const acceptsText = (form: JsonSchema, path: string[]): boolean =>
	form.type === 'string' &&
	!allowedValues(form) &&
	(form.format === 'uri' || NAMES.test(nameOf(path)));

type TextForm = 'address' | 'base64';

/**
 * How text stands for a file: bare base64 by its name; an address or bare base64 where a property for
 * the type stands beside it, of no use for a data URL, which names it.
 */
function textForms(name: string, siblings: string[]): TextForm[] {
	if (/_?(data|base64)$/i.test(name)) return ['base64'];
	return siblings.includes(MIME_TYPE) && !/url|uri/i.test(name)
		? ['address', 'base64']
		: ['address'];
}

/** The body property that says of which type a file in base64 is. */
export const MIME_TYPE = 'mimeType';

const nameOf = (path: string[]): string => path[path.length - 1];

/** By the property's own name; where that says nothing, by those above it. */
function familyOf(path: string[]): FileInput['family'] {
	const named = path.findLast((name) => familyOfName(name) !== '');
	return named === undefined ? '' : familyOfName(named);
}

function familyOfName(name: string): FileInput['family'] {
	if (/video/i.test(name)) return 'video';
	if (/audio/i.test(name)) return 'audio';
	if (/mesh/i.test(name)) return 'model';
	return /image|photo|mask|frame/i.test(name) ? 'image' : '';
}
