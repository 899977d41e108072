import { sample, stringMatching } from 'fast-check';
import { forms, isObject, valuesOf, type ApiDocument, type Schema } from './schema';

/** Below this depth a recursive schema has no examples. */
const MAX_DEPTH = 12;

/**
 * Values that a schema allows, always the same ones: among them each enum value, each bound, true and
 * false, and each form of every nested union. The first one is typical and has all properties; the last one
 * of an object has only the required ones.
 */
export function examplesOf(schema: Schema, document: ApiDocument, depth = 0): unknown[] {
	if (depth > MAX_DEPTH) return [];
	return forms(schema, document).flatMap((form) => examplesOfForm(form, document, depth));
}

function examplesOfForm(form: Schema, document: ApiDocument, depth: number): unknown[] {
	const examples = valuesOf(form) ?? examplesOfType(form, document, depth);
	return form.nullable && form.type ? [...examples, null] : examples;
}

function examplesOfType(form: Schema, document: ApiDocument, depth: number): unknown[] {
	switch (form.type ?? (form.properties ? 'object' : form.items ? 'array' : 'any')) {
		case 'null':
			return [null];
		case 'boolean':
			return [true, false];
		case 'integer':
		case 'number':
			return numbers(form);
		case 'string':
			return texts(form);
		case 'array':
			return lists(form, document, depth);
		case 'object':
			return objects(form, document, depth);
		default:
			return ['anything', 7, true, ['a', 1], { nested: { list: [null] } }];
	}
}

function numbers({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema) {
	const step = type === 'integer' ? 1 : 0.001;
	const isOpen = (bound: unknown) => bound === true || typeof bound === 'number';
	const low = typeof exclusiveMinimum === 'number' ? exclusiveMinimum : minimum;
	const high = typeof exclusiveMaximum === 'number' ? exclusiveMaximum : maximum;
	const least = low === undefined ? undefined : isOpen(exclusiveMinimum) ? low + step : low;
	const most = high === undefined ? undefined : isOpen(exclusiveMaximum) ? high - step : high;
	return distinct(
		[typicalNumber(type, least, most), least, most].filter((value) => value !== undefined),
	);
}

/** Large if possible: a small limit of tokens would cut the answer off. */
function typicalNumber(type: Schema['type'], least = -Infinity, most = Infinity): number {
	if (Number.isFinite(least) && Number.isFinite(most)) {
		const middle = (least + most) / 2;
		return type === 'integer' ? Math.floor(middle) : middle;
	}
	return Math.min(Math.max(50, least), most);
}

function texts({ pattern, format, minLength = 0, maxLength = Infinity }: Schema): string[] {
	if (pattern !== undefined) {
		return sample(stringMatching(new RegExp(pattern)), { seed: 1, numRuns: 1 });
	}
	if (format === 'uri') return ['https://example.com/a-file.png'];
	const sentence = 'An example with "quotes", {braces} and é.';
	const ordinary = sentence.padEnd(minLength, '.').slice(0, Math.min(maxLength, 10_000));
	const bounds = [minLength, maxLength].filter((length) => length > 0 && length <= 10_000);
	return distinct([ordinary, ...bounds.map((length) => 'x'.repeat(length))]);
}

/** As few lists as possible that together have all examples of the entries. */
function lists(
	{ items = {}, minItems = 0, maxItems = Infinity }: Schema,
	document: ApiDocument,
	depth: number,
) {
	const entries = examplesOf(items, document, depth + 1);
	if (!entries.length || maxItems === 0) return minItems ? [] : [[]];
	const length = Math.max(minItems, Math.min(maxItems, entries.length));
	return Array.from({ length: Math.ceil(entries.length / length) }, (_, list) =>
		Array.from({ length }, (_, entry) => entries[(list * length + entry) % entries.length]),
	);
}

function objects(form: Schema, document: ApiDocument, depth: number): unknown[] {
	const { properties = {}, required = [], additionalProperties } = form;
	const own = Object.entries(properties).map(
		([name, property]) => [name, examplesOf(property, document, depth + 1)] as const,
	);
	if (own.some(([name, values]) => !values.length && required.includes(name))) return [];
	const free = isObject(additionalProperties)
		? examplesOf(additionalProperties, document, depth + 1)
		: additionalProperties !== false && !own.length
			? ['anything']
			: [];
	const columns = [...own, ['free-name', free] as const].filter(([, values]) => values.length);
	const rows = Math.max(1, ...columns.map(([, values]) => values.length));
	const full = Array.from({ length: rows }, (_, row) =>
		Object.fromEntries(columns.map(([name, values]) => [name, values[row % values.length]])),
	);
	const [first] = full;
	const bare = Object.fromEntries(
		Object.entries(first).filter(([name]) => required.includes(name)),
	);
	return distinct([...full, bare]);
}

/** Without values that are equal as JSON. */
function distinct<T>(values: T[]): T[] {
	return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
