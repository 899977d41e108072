import type { FieldType, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import {
	acceptedTypes,
	allowedValues,
	alternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';
import { describeRange } from '../schema/validate';
import { filePlaces } from './fileInputs';

/**
 * The fields of 'Model Parameters': one for every property of a request body that has no field of
 * its own in the node. Required ones come first; n8n shows them at once and insists on them. What
 * takes a file is never marked so, since an entry of 'Files' may fill it; the request is checked. An
 * upload cannot be entered, so that 'Files' alone fills it.
 *
 * @param taken names of the properties that other fields of the operation fill
 */
export function parameterFields(
	schema: ObjectSchema,
	taken: readonly string[],
): ResourceMapperField[] {
	const places = filePlaces(schema);
	const takesFile = (name: string) => places.some(({ path }) => path[0] === name);
	const isUpload = (name: string) =>
		places.some(({ path, takes }) => path[0] === name && path.length === 1 && takes === 'upload');
	const isRequired = (name: string) => schema.required.includes(name) && !takesFile(name);
	return Object.entries(schema.properties)
		.filter(([name]) => !taken.includes(name) && !isUpload(name))
		.map(([name, property]) => field(name, property, isRequired(name)))
		.sort((a, b) => Number(b.required) - Number(a.required));
}

function field(name: string, schema: JsonSchema, required: boolean): ResourceMapperField {
	const options = fieldOptions(schema);
	return {
		id: name,
		displayName: parameterName(name) + describeLimits(schema),
		required,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		type: options ? 'options' : fieldType(schema),
		...(options && { options }),
	};
}

/** `max_tokens` → 'Max Tokens', as the field is labelled and as errors name it. */
export function parameterName(name: string): string {
	return name
		.split(/[_\s.]+/)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}

/** A dropdown where the schema lists every value it takes; not for yes or no alone. */
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
 * n8n holds a fixed value against its field's type before the node runs. A property that takes
 * several types is therefore offered as `string`, the one type under which n8n lets every value in;
 * `readModelParameters` turns the text into what the schema wants.
 */
function fieldType(schema: JsonSchema): FieldType {
	const types = new Set(
		[...acceptedTypes(schema)].map((type) => (type === 'integer' ? 'number' : type)),
	);
	const [only, another] = types;
	return only === undefined || another !== undefined ? 'string' : only;
}

function describeLimits(schema: JsonSchema): string {
	const numeric = alternatives(schema).find((branch) => describeRange(branch));
	const notes = [
		numeric && shorten(describeRange(numeric).trim()),
		isShortDefault(schema.default) && `default ${String(schema.default)}`,
	].filter(Boolean);
	return notes.length ? ` (${notes.join(', ')})` : '';
}

/** The editor cuts long labels off: 'between 1 and 47' → '1 to 47'. */
const shorten = (range: string): string =>
	range
		.replace(/^between (\S+) and (\S+)$/, '$1 to $2')
		.replace(/^of at least /, 'from ')
		.replace(/^of at most /, 'up to ');

const isShortDefault = (value: unknown): boolean =>
	isOptionValue(value) && String(value) !== '' && String(value).length <= 30;
