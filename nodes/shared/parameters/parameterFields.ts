import type { FieldType, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import { isRecord } from '../json';
import {
	acceptedTypes,
	allowedValues,
	alternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';
import { describeRange } from '../schema/validate';
import { findFileInputs, type FileInput } from './fileInputs';

/** What else fills the body of the operation. */
export interface OtherFields {
	/** Properties that other fields of the operation fill. */
	taken: readonly string[];
	/** Whether the operation has 'Files', the only way then to fill file-only properties. */
	hasFiles?: boolean;
}

/**
 * The fields of 'Model Parameters': one for every property of a request body that has no field of its
 * own in the node. Required ones come first; n8n shows them at once and insists on them. Properties that
 * accept a file are never marked as required, since 'Files' may fill them; `checkRequired` checks them.
 * Uploads have no field, since only 'Files' can fill them.
 */
export function toParameterFields(
	schema: ObjectSchema,
	{ taken, hasFiles = false }: OtherFields,
): ResourceMapperField[] {
	const placesOf = new Map<string, FileInput[]>();
	for (const place of findFileInputs(schema)) {
		const [name] = place.path;
		placesOf.set(name, [...(placesOf.get(name) ?? []), place]);
	}
	const takesFile = (name: string) => placesOf.has(name);
	const isUpload = (name: string) =>
		placesOf.get(name)?.some(({ path, encoding }) => path.length === 1 && encoding === 'upload');
	const isRequired = (name: string) => schema.required.includes(name) && !takesFile(name);
	const isLeftOut = (name: string) =>
		taken.includes(name) ||
		isUpload(name) ||
		(hasFiles &&
			takesFile(name) &&
			takesOnlyFiles(name, schema.properties[name], placesOf.get(name) ?? [])) ||
		(STREAMING.includes(name) && !schema.required.includes(name));
	return Object.entries(schema.properties)
		.filter(([name]) => !isLeftOut(name))
		.map(([name, property]) => field(name, property, isRequired(name)))
		.sort((a, b) => Number(b.required) - Number(a.required));
}

/** These only change how a response arrives, which is up to the node. */
const STREAMING = ['stream', 'stream_options'];

/** Whether a property accepts only files: a file, a list, or an object of files and fixed values. */
function takesOnlyFiles(name: string, property: JsonSchema, places: FileInput[]): boolean {
	const files = new Set(places.map(({ path }) => path.join('.')));
	const isFile = (path: string) => files.has(path);
	const isFixed = (schema: JsonSchema) => allowedValues(schema)?.length === 1;
	const consistsOfFiles = ({ items, properties = {} }: JsonSchema): boolean => {
		const parts = Object.entries(properties);
		if (parts.length === 0) return isFile(name) && !items?.properties;
		return (
			parts.some(([part]) => isFile(`${name}.${part}`)) &&
			parts.every(([part, schema]) => isFile(`${name}.${part}`) || isFixed(schema))
		);
	};
	return alternatives(property)
		.filter(({ type }) => type !== 'null')
		.every(consistsOfFiles);
}

function field(name: string, schema: JsonSchema, required: boolean): ResourceMapperField {
	const options = fieldOptions(schema);
	const type = options ? 'options' : fieldType(schema);
	const defaultValue = firstValue(schema, type, options);
	return {
		id: name,
		displayName: label(name, schema),
		required,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		type,
		...(options && { options }),
		...(defaultValue !== undefined && { defaultValue }),
	};
}

/**
 * The value of a field when it is added: the documented default, so that adding it changes nothing. A
 * list or object without one starts empty, since n8n marks blank JSON as invalid.
 */
function firstValue(
	schema: JsonSchema,
	type: FieldType,
	options: INodePropertyOptions[] | undefined,
): ResourceMapperField['defaultValue'] {
	const documented = defaultOf(schema);
	switch (type) {
		case 'options':
			return options?.find(({ value }) => value === documented)?.value;
		case 'number':
			return typeof documented === 'number' ? documented : undefined;
		case 'boolean':
			return typeof documented === 'boolean' ? documented : allowedBoolean(schema);
		case 'array':
			return JSON.stringify(Array.isArray(documented) ? documented : []);
		case 'object':
			return JSON.stringify(isRecord(documented) ? documented : {});
		default:
			return asText(documented);
	}
}

/** The default of a schema or of one of its alternatives. */
const defaultOf = (schema: JsonSchema): unknown =>
	schema.default ?? alternatives(schema).find((form) => isSet(form.default))?.default;

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** `true` where nothing else is allowed; the editor would open the switch with `false`. */
const allowedBoolean = (schema: JsonSchema): boolean | undefined =>
	alternatives(schema).some((form) => allowedValues(form)?.every((value) => value === true)) ||
	undefined;

function asText(value: unknown): string | undefined {
	if (!isSet(value)) return undefined;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `max_tokens` → 'Max Tokens': the label of the field, also used in errors. */
export function toParameterLabel(name: string): string {
	return name
		.split(/[_\s.]+/)
		.map((word) => ABBREVIATIONS.get(word.toLowerCase()) ?? capitalize(word))
		.join(' ');
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Abbreviations as people write them, by their lower case. */
const ABBREVIATIONS = new Map(
	[
		...['AI', 'API', 'BPM', 'CFG', 'FPS', 'GIF', 'HD', 'HTML', 'ID', 'IDs', 'IP', 'JSON', 'LLM'],
		...['LoRA', 'LoRAs', 'MIME', 'MP3', 'MP4', 'NSFW', 'OCR', 'PBR', 'PDF', 'PII', 'PNG', 'RGB'],
		...['SFX', 'SSML', 'SVG', 'TTL', 'TTS', 'URI', 'URL', 'URLs', 'UTC', 'UUID', 'VAD', 'XML'],
	].map((word) => [word.toLowerCase(), word]),
);

/** Options of a dropdown, if the schema lists all values; not for a plain boolean. */
function fieldOptions(schema: JsonSchema): INodePropertyOptions[] | undefined {
	const lists = alternatives(schema)
		.filter(({ type }) => type !== 'null')
		.map(allowedValues);
	if (!lists.length || !lists.every((list) => list !== undefined)) return undefined;
	const values = [...new Set(lists.flat())].filter((value) => value !== null);
	if (!values.length || !values.every(isOptionValue)) return undefined;
	if (values.every((value) => typeof value === 'boolean')) return undefined;
	return values.map((value) => ({ name: String(value), value }));
}

const isOptionValue = (value: unknown): value is string | number | boolean =>
	['string', 'number', 'boolean'].includes(typeof value);

/**
 * n8n checks a fixed value against its field's type before the node runs. A property that accepts
 * several types is therefore offered as `string`, the one type that lets every value through;
 * `toBodyParameters` converts the text to what the schema expects.
 */
function fieldType(schema: JsonSchema): FieldType {
	const types = new Set(
		[...acceptedTypes(schema)].map((type) => (type === 'integer' ? 'number' : type)),
	);
	const [only, another] = types;
	return only === undefined || another !== undefined ? 'string' : only;
}

/** Roughly the number of characters that the editor shows of a label, beside a scrollbar. */
const LONGEST_LABEL = 28;

/** The name, and the range if both fit. */
function label(name: string, schema: JsonSchema): string {
	const named = toParameterLabel(name);
	const numeric = alternatives(schema).find((branch) => describeRange(branch));
	const withRange = numeric && `${named} (${shorten(describeRange(numeric).trim())})`;
	return withRange && withRange.length <= LONGEST_LABEL ? withRange : named;
}

/** 'between 1 and 47' → '1 to 47'. */
const shorten = (range: string): string =>
	range
		.replace(/^between (\S+) and (\S+)$/, '$1 to $2')
		.replace(/^of at least /, 'from ')
		.replace(/^of up to /, 'up to ');
