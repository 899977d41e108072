import {
	allowedValues,
	alternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';

/** A place in a request body that takes a file. */
export interface FilePlace {
	/** Property names from the body down to the file; the lists in between are not counted. */
	path: string[];
	/** An address or data URL, bare base64, or a part of a multipart form. */
	takes: 'address' | 'base64' | 'upload';
	/** The MIME family that the name speaks of; '' when it speaks of none. */
	family: 'image' | 'video' | 'audio' | 'model' | '';
	required: boolean;
}

const NAMES =
	/(^|_)(image|video|audio|photo|mask|mesh|frame|file|document|media|url|uri)(_?(url|uri|list|image|video|data|base64))?s?$/i;
const NO_FILES = /callback|webhook/i;
const DEEPEST = 4;

/**
 * All places of a body that take a file, at whatever depth: text without a list of values that is by
 * its format an address or by its name a medium, an upload, or a list of such.
 */
export function filePlaces(schema: ObjectSchema): FilePlace[] {
	return placesOfObject(schema, [], true);
}

function placesOfObject(
	{ properties = {}, required = [] }: JsonSchema,
	path: string[],
	isNeeded: boolean,
): FilePlace[] {
	if (path.length >= DEEPEST) return [];
	return Object.entries(properties)
		.filter(([name]) => !NO_FILES.test(name))
		.flatMap(([name, property]) => {
			const own = [...path, name];
			const takes = wantsBareBase64(name, Object.keys(properties)) ? 'base64' : 'address';
			const places = placesOf(property, own, isNeeded && required.includes(name), takes);
			return [...new Map(places.map((place) => [place.path.join('.'), place])).values()];
		});
}

function placesOf(
	schema: JsonSchema,
	path: string[],
	required: boolean,
	asText: 'address' | 'base64',
): FilePlace[] {
	return alternatives(schema).flatMap((form) => {
		if (form.items) return placesOf(form.items, path, required, asText);
		const takes = isUpload(form) ? 'upload' : takesText(form, path) ? asText : undefined;
		if (takes) return [{ path, takes, family: familyOf(path), required }];
		return placesOfObject(form, path, required);
	});
}

/** What a multipart parser makes of a file, which is how the API's schemas describe an upload. */
const isUpload = ({ type, format, properties }: JsonSchema): boolean =>
	(type === 'string' && format === 'binary') ||
	(properties !== undefined && 'mimetype' in properties && 'originalname' in properties);

const takesText = (form: JsonSchema, path: string[]): boolean =>
	form.type === 'string' &&
	!allowedValues(form) &&
	(form.format === 'uri' || NAMES.test(nameOf(path)));

/** By its name; or by a property for the type beside it, of no use for a data URL, which names it. */
const wantsBareBase64 = (name: string, siblings: string[]): boolean =>
	/_?(data|base64)$/i.test(name) || (siblings.includes(MIME_TYPE) && !/url|uri/i.test(name));

/** The body property that says of which type a file in base64 is. */
export const MIME_TYPE = 'mimeType';

const nameOf = (path: string[]): string => path[path.length - 1];

/** By the property's own name; where that says nothing, by those above it. */
function familyOf(path: string[]): FilePlace['family'] {
	const named = path.findLast((name) => familyOfName(name) !== '');
	return named === undefined ? '' : familyOfName(named);
}

function familyOfName(name: string): FilePlace['family'] {
	if (/video/i.test(name)) return 'video';
	if (/audio/i.test(name)) return 'audio';
	if (/mesh/i.test(name)) return 'model';
	return /image|photo|mask|frame/i.test(name) ? 'image' : '';
}
