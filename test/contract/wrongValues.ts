import { examplesOf } from './examples';
import { dereference, forms, isObject, valuesOf, type ApiDocument, type Schema } from './schema';
import { valueValidator } from './validator';

/** A value that a schema refuses, and why. */
export interface WrongValue {
	value: unknown;
	fault: 'range' | 'enum' | 'type' | 'length' | 'pattern' | 'missing' | 'unknown';
	/** Names and indexes from the property to the wrong part. */
	path: string[];
	/** What the error must mention: the limit, or the allowed values. */
	expected: string[];
}

const MAX_DEPTH = 8;

/**
 * Values just outside of what a property accepts, at every place in its schema: below and above each
 * bound, outside each enum, of each other type, without each required property. Values that another form
 * of a union accepts are left out, and so are numbers and booleans that are accepted as text.
 */
export function wrongValuesOf(schema: Schema, document: ApiDocument): WrongValue[] {
	const validate = valueValidator(schema, document);
	const isPrimitive = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';
	return wrongValues(schema, document, []).filter(
		({ value }) => !validate(value) && !(isPrimitive(value) && validate(String(value))),
	);
}

function wrongValues(schema: Schema, document: ApiDocument, path: string[]): WrongValue[] {
	if (path.length > MAX_DEPTH) return [];
	return forms(schema, document).flatMap((form) => [
		...wrongTypes(form, path),
		...outsideOf(form, path),
		...wrongEntries(form, document, path),
		...wrongProperties(form, document, path),
	]);
}

/** A value of each type; the caller drops those that the schema accepts. */
function wrongTypes(form: Schema, path: string[]): WrongValue[] {
	const { type } = form;
	const values = valuesOf(form);
	if (values) {
		// Fields can't contain null, so errors don't mention it.
		const expected = values.filter((value) => value !== null).map(String);
		return [{ value: 'none-of-these', fault: 'enum', path, expected }];
	}
	if (type === undefined || type === 'null') return [];
	return ['a text', 1.5, true, ['a list'], { an: 'object' }].map((value) => ({
		value,
		fault: 'type',
		path,
		expected: [],
	}));
}

function outsideOf(form: Schema, path: string[]): WrongValue[] {
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, type } = form;
	const step = type === 'integer' ? 1 : 0.001;
	const low = typeof exclusiveMinimum === 'number' ? exclusiveMinimum : minimum;
	const high = typeof exclusiveMaximum === 'number' ? exclusiveMaximum : maximum;
	const below =
		low !== undefined &&
		(exclusiveMinimum !== undefined && exclusiveMinimum !== false ? low : low - step);
	const above =
		high !== undefined &&
		(exclusiveMaximum !== undefined && exclusiveMaximum !== false ? high : high + step);
	return [
		...(below === false ? [] : [range(below, low)]),
		...(above === false ? [] : [range(above, high)]),
		...lengths(form, path),
		...(form.pattern === undefined
			? []
			: [{ value: 'no match: §', fault: 'pattern' as const, path, expected: [] }]),
	];

	function range(value: number, limit: number | undefined): WrongValue {
		return { value, fault: 'range', path, expected: [String(limit)] };
	}
}

function lengths(form: Schema, path: string[]): WrongValue[] {
	const { minLength = 0, maxLength, minItems = 0, maxItems } = form;
	const found: Array<[unknown, number | undefined]> = [];
	// A blank field isn't sent, so an empty text isn't too short.
	if (minLength > 1) found.push(['x'.repeat(minLength - 1), minLength]);
	if (maxLength !== undefined) found.push(['x'.repeat(maxLength + 1), maxLength]);
	if (minItems > 0) found.push([[], minItems]);
	if (maxItems !== undefined) found.push([Array(maxItems + 1).fill('entry'), maxItems]);
	return found.map(([value, limit]) => ({
		value,
		fault: 'length',
		path,
		expected: [String(limit)],
	}));
}

function wrongEntries({ items }: Schema, document: ApiDocument, path: string[]): WrongValue[] {
	if (!items) return [];
	return wrongValues(items, document, [...path, '0']).map((wrong) => ({
		...wrong,
		value: [wrong.value],
	}));
}

function wrongProperties(form: Schema, document: ApiDocument, path: string[]): WrongValue[] {
	const { properties, required = [], additionalProperties } = form;
	if (!properties && !isObject(additionalProperties)) return [];
	const right = examplesOf(form, document).filter(isObject)[0];
	if (!right) return [];
	const free = isObject(additionalProperties) ? { 'free-name': additionalProperties } : {};
	return [
		...Object.entries({ ...properties, ...free }).flatMap(([name, property]) =>
			wrongValues(dereference(property, document), document, [...path, name]).map((wrong) => ({
				...wrong,
				value: { ...right, [name]: wrong.value },
			})),
		),
		...required.map((name): WrongValue => {
			const value = Object.fromEntries(Object.entries(right).filter(([key]) => key !== name));
			return { value, fault: 'missing', path: [...path, name], expected: [] };
		}),
		...(additionalProperties === false
			? [
					{
						value: { ...right, 'unknown-name': 1 },
						fault: 'unknown' as const,
						path: [...path, 'unknown-name'],
						expected: [],
					},
				]
			: []),
	];
}
