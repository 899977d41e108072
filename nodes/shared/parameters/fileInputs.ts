import {
	allowedValues,
	alternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';

/** A place in a request body that accepts a file. */
export interface FileInput {
	/** Property names from the body down to the file, without the lists in between. */
	path: string[];
	/** A URL or data URL, bare base64, or a part of a multipart form. */
	encoding: 'address' | 'base64' | 'upload';
	/** The MIME family that the name refers to; '' if none. */
	family: 'image' | 'video' | 'audio' | 'model' | '';
	/** Whether the property that contains it is required. */
	required: boolean;
}

const NAMES =
	/(^|_)(image|img|picture|video|audio|photo|mask|mesh|frame|file|document|media|url|uri)(_?(url|uri|list|image|video|data|base64|b64))?s?(_?\d+)?$/i;
const NON_FILE_NAMES = /callback|webhook/i;
const MAX_DEPTH = 4;

/**
 * Finds the schema properties that accept a file, at any depth: URLs, base64 and binary uploads by their
 * format, strings named like a medium (`image`, `inputAudio`), and arrays of these.
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
	const needed = new Set(path.length === 0 ? required : []);
	const hasTypeBeside = MIME_TYPE in properties;
	return Object.entries(properties)
		.filter(([name]) => !NON_FILE_NAMES.test(name))
		.flatMap(([name, property]) => {
			const own = [...path, name];
			const asText = textForms(name, hasTypeBeside);
			const places = inputsOf(property, own, isNeeded || needed.has(name), asText);
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

/** The encodings in which a schema accepts a file; empty if it accepts none. */
function encodingOf(
	form: JsonSchema,
	path: string[],
	asText: TextForm[],
): Array<FileInput['encoding']> {
	if (isUpload(form)) return ['upload'];
	if (form.type !== 'string' || allowedValues(form)) return [];
	if (isBase64(form)) return ['base64'];
	if (form.format === 'uri') return ['address'];
	return NAMES.test(toSnakeCase(path[path.length - 1])) ? asText : [];
}

/** Raw bytes in OpenAPI 3.0 or 3.1, or a multipart parser's file object, as the API describes uploads. */
const isUpload = (form: JsonSchema): boolean =>
	(form.type === 'string' &&
		!isBase64(form) &&
		(form.format === 'binary' || form.contentMediaType === 'application/octet-stream')) ||
	(form.properties !== undefined &&
		'mimetype' in form.properties &&
		'originalname' in form.properties);

/** Base64 in OpenAPI 3.0 or 3.1. */
const isBase64 = ({ format, contentEncoding }: JsonSchema): boolean =>
	format === 'byte' || contentEncoding === 'base64';

const toSnakeCase = (name: string): string =>
	name.replace(/([a-z\d])(?=[A-Z])/g, '$1_').replace(/[\s.-]/g, '_');

type TextForm = 'address' | 'base64';

/**
 * The forms in which text can hold a file: bare base64 if its name says so, or a URL or bare base64 if
 * there is a sibling property for the MIME type, which a data URL would not need.
 */
function textForms(name: string, hasTypeBeside: boolean): TextForm[] {
	if (/(data|base64|b64)$/i.test(name)) return ['base64'];
	return hasTypeBeside && !/url|uri/i.test(name) ? ['address', 'base64'] : ['address'];
}

/** Name of the body property that holds the MIME type of a base64 file. */
export const MIME_TYPE = 'mimeType';

/** From the property's own name, otherwise from its parents' names. */
const familyOf = (path: string[]): FileInput['family'] =>
	path.map(familyOfName).findLast((family) => family !== '') ?? '';

function familyOfName(name: string): FileInput['family'] {
	if (/video/i.test(name)) return 'video';
	if (/audio/i.test(name)) return 'audio';
	if (/mesh/i.test(name)) return 'model';
	return /image|img|picture|photo|mask|frame/i.test(name) ? 'image' : '';
}
