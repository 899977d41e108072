import { isRecord, toJsonValue, tryStringify } from '../json';
import {
	acceptedTypes,
	allowedValues,
	alternatives,
	branchesOf,
	typeOfValue,
	type JsonSchema,
} from './jsonSchema';
import { matchesPattern } from './pattern';

/** The first problem of a value: where it is, what the schema expects, and what it found. */
export interface Problem {
	/** Property names and list indexes from the value's root. */
	path: string[];
	/** Completes 'must be', e.g. 'a number between 0 and 2'. */
	expected: string;
	received: unknown;
}

/** Max schemas checked for one value, about a second of work. Usually it is a few hundred. */
const MAX_STEPS = 300_000;

/**
 * Validates `value` against `schema`. Unknown keywords are ignored, as is everything beyond `MAX_STEPS`,
 * so it may accept what the API rejects, but it never rejects what the schema allows.
 */
export const findProblem = (schema: JsonSchema, value: unknown): Problem | undefined =>
	new Validation().check(schema, value, []);

class Validation {
	/** Limited, since nested alternatives over long lists take exponential time. */
	private steps = MAX_STEPS;

	check(schema: JsonSchema, given: unknown, path: string[]): Problem | undefined {
		const value = toJsonValue(given);
		const all = branchesOf(schema);
		this.steps -= all.length;
		if (this.steps < 0 || (value === null && acceptsNull(all))) return undefined;
		const branches = besidesNull(all);
		if (branches[0] !== schema) return this.checkBranches(branches, value, path);
		return (
			firstProblem(schema.allOf ?? [], (part) => this.check(part, value, path)) ??
			findProblemOfValue(schema, value, path) ??
			this.checkList(schema, value, path) ??
			this.checkObject(schema, value, path)
		);
	}

	/** If all alternatives fail, the problem of the one that got furthest is the most helpful. */
	private checkBranches(all: JsonSchema[], value: unknown, path: string[]) {
		const meant = all.filter((branch) => hasConstantsOf(branch, value));
		const branches = meant.length ? meant : all;
		const problems: Problem[] = [];
		for (const branch of branches) {
			const problem = this.check(branch, value, path);
			if (!problem) return undefined;
			problems.push(problem);
		}
		const depth = problems.reduce((most, problem) => Math.max(most, problem.path.length), 0);
		const deepest = problems.filter((problem) => problem.path.length === depth);
		const [first] = deepest;
		if (deepest.some((problem) => problem.path.join('.') !== first.path.join('.'))) return first;
		return { ...first, expected: joinWithOr(unique(deepest.map(({ expected }) => expected))) };
	}

	private checkList({ items, prefixItems }: JsonSchema, value: unknown, path: string[]) {
		if (!items || !Array.isArray(value)) return undefined;
		const start = Array.isArray(prefixItems) ? prefixItems.length : 0;
		return firstProblem([...value.entries()].slice(start), ([index, entry]) =>
			this.check(items, entry, [...path, String(index)]),
		);
	}

	private checkObject(schema: JsonSchema, value: unknown, path: string[]): Problem | undefined {
		if (!isRecord(value)) return undefined;
		const { properties = {}, required = [], patternProperties } = schema;
		// Names that match a pattern are not additional.
		const others = patternProperties === undefined ? schema.additionalProperties : undefined;

		const wrong = firstProblem(Object.entries(value), ([name, entry]) => {
			if (entry === undefined) return undefined;
			const own = Object.hasOwn(properties, name) ? properties[name] : others;
			if (own === false) {
				const known = Object.keys(properties).join(', ');
				return { path: [...path, name], expected: `left out (known: ${known})`, received: entry };
			}
			return isRecord(own) ? this.check(own, entry, [...path, name]) : undefined;
		});
		if (wrong) return wrong;
		const missing = required.find(
			(name) => value[name] === undefined && properties[name]?.readOnly !== true,
		);
		if (missing === undefined) return undefined;
		const wanted = properties[missing] ?? {};
		return { path: [...path, missing], expected: describe(wanted), received: undefined };
	}
}

/** Whether an object has the constants that tell an alternative from others, e.g. its `type`. */
function hasConstantsOf({ properties = {} }: JsonSchema, value: unknown): boolean {
	if (!isRecord(value)) return true;
	return Object.entries(properties).every(([name, property]) => {
		const [only, ...others] = allowedValues(property) ?? [];
		return only === undefined || others.length > 0 || isAllowed(property, value[name] ?? only);
	});
}

/** The branches other than null, or null if it is the only one. */
function besidesNull(all: JsonSchema[]): JsonSchema[] {
	const others = all.filter(({ type }) => type !== 'null');
	return others.length ? others : all;
}

function acceptsNull(branches: JsonSchema[]): boolean {
	return branches.some(
		({ nullable, type, enum: values, const: only }) =>
			nullable === true ||
			[type].flat().includes('null') ||
			values?.includes(null) ||
			only === null,
	);
}

function findProblemOfValue(schema: JsonSchema, value: unknown, path: string[]) {
	if (hasRightType(schema, value) && isAllowed(schema, value) && isInRange(schema, value)) {
		return undefined;
	}
	return { path, expected: describe(schema), received: value };
}

/** A listed value has the right type, even if `type` says something else. */
function hasRightType(schema: JsonSchema, value: unknown): boolean {
	if (typeof value === 'number' && !Number.isFinite(value)) return false;
	if (schema.type === undefined || allowedValues(schema)?.includes(value)) return true;
	const types: string[] = [schema.type].flat();
	const type = value === null ? 'null' : typeOfValue(value);
	if (type === 'number' && types.includes('integer') && Number.isInteger(value)) return true;
	return types.includes(type);
}

function isAllowed(schema: JsonSchema, value: unknown): boolean {
	const values = allowedValues(schema);
	if (!values || values.includes(value)) return true;
	if (typeof value !== 'object' || value === null) return false;
	const written = tryStringify(value);
	return values.some((allowed) => typeof allowed === 'object' && tryStringify(allowed) === written);
}

function isInRange(schema: JsonSchema, value: unknown): boolean {
	if (typeof value === 'number') return isNumberInRange(schema, value);
	if (typeof value === 'string') {
		return (
			hasLength(schema, value) &&
			hasFormat(schema, value) &&
			(schema.pattern === undefined || matchesPattern(schema.pattern, value))
		);
	}
	if (Array.isArray(value)) {
		const { minItems = 0, maxItems = Infinity } = schema;
		return value.length >= minItems && value.length <= maxItems;
	}
	return true;
}

function isNumberInRange(schema: JsonSchema, value: number): boolean {
	const { minimum = -Infinity, maximum = Infinity, multipleOf } = schema;
	const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
	if (value < minimum || value > maximum) return false;
	if (above === true ? value === minimum : typeof above === 'number' && value <= above)
		return false;
	if (below === true ? value === maximum : typeof below === 'number' && value >= below)
		return false;
	const ratio = multipleOf ? value / multipleOf : 0;
	return Math.abs(ratio - Math.round(ratio)) <= 1e-9 * Math.max(1, Math.abs(ratio));
}

/** The length counts code points. Without limits they aren't counted: a file has millions. */
function hasLength({ minLength = 0, maxLength = Infinity }: JsonSchema, value: string): boolean {
	if (minLength <= 0 && maxLength === Infinity) return true;
	const length = [...value].length;
	return length >= minLength && length <= maxLength;
}

/** Only the URI format is checked: a scheme and no spaces, so data URLs are valid. */
const hasFormat = ({ format }: JsonSchema, value: string): boolean =>
	format !== 'uri' || /^[a-z][a-z\d+.-]*:\S*$/i.test(value);

function firstProblem<T>(
	entries: T[],
	check: (entry: T) => Problem | undefined,
): Problem | undefined {
	for (const entry of entries) {
		const problem = check(entry);
		if (problem) return problem;
	}
	return undefined;
}

/** Completes 'must be': 'one of low, high', 'a list of strings'. */
export function describe(schema: JsonSchema): string {
	return joinWithOr(unique(besidesNull(alternatives(schema)).flatMap(describeOne)));
}

function describeOne(schema: JsonSchema): string[] {
	const values = allowedValues(schema)?.filter((value) => value !== null);
	if (values && values.length > 1) return [`one of ${values.map(show).join(', ')}`];
	if (values) return [show(values[0] ?? null)];
	const types = [...acceptedTypes(schema)];
	if (!types.length) return [schema.type === undefined ? 'a value' : 'null'];
	return types.map((type) => describeType(type, schema));
}

function describeType(type: string, schema: JsonSchema): string {
	switch (type) {
		case 'number':
			return `a number${describeRange(schema)}${describeMultiple(schema)}`;
		case 'integer':
			return `a whole number${describeRange(schema)}${describeMultiple(schema)}`;
		case 'string':
			if (schema.format === 'uri') return 'a URL such as https://example.com/file';
			return `a string${describeSize(schema.minLength, schema.maxLength, 'characters')}${describePattern(schema)}`;
		case 'array':
			return `a list${describeSize(schema.minItems, schema.maxItems, 'entries')}`;
		case 'boolean':
			return 'true or false';
		default:
			return schema.required?.length ? `an object with ${schema.required.join(', ')}` : 'an object';
	}
}

/** The numeric range of a schema: ' between 0 and 2', ' of at least 1', or ''. */
export function describeRange({
	minimum,
	maximum,
	exclusiveMinimum,
	exclusiveMaximum,
}: JsonSchema) {
	const low = typeof exclusiveMinimum === 'number' ? exclusiveMinimum : minimum;
	const high = typeof exclusiveMaximum === 'number' ? exclusiveMaximum : maximum;
	const openLow = exclusiveMinimum !== undefined && exclusiveMinimum !== false;
	const openHigh = exclusiveMaximum !== undefined && exclusiveMaximum !== false;
	if (low !== undefined && high !== undefined && !openLow && !openHigh) {
		return ` between ${low} and ${high}`;
	}
	const bounds = [
		low === undefined ? '' : `${openLow ? 'above' : 'of at least'} ${low}`,
		high === undefined ? '' : `${openHigh ? 'below' : 'of up to'} ${high}`,
	].filter(Boolean);
	return bounds.length ? ` ${bounds.join(' and ')}` : '';
}

const describeMultiple = ({ multipleOf }: JsonSchema): string =>
	multipleOf ? ` that is a multiple of ${multipleOf}` : '';

const describePattern = ({ pattern }: JsonSchema): string =>
	pattern === undefined ? '' : ` that matches ${pattern}`;

function describeSize(least: number | undefined, most: number | undefined, unit: string): string {
	if (least !== undefined && most !== undefined) return ` of ${least} to ${most} ${unit}`;
	if (most !== undefined) return ` of up to ${most} ${unit}`;
	return least ? ` of at least ${least} ${unit}` : '';
}

const show = (value: unknown): string =>
	typeof value === 'string' ? value : JSON.stringify(value);

const unique = (texts: string[]): string[] => [...new Set(texts)];

function joinWithOr(texts: string[]): string {
	return texts.length < 2
		? (texts[0] ?? 'a value')
		: `${texts.slice(0, -1).join(', ')} or ${texts[texts.length - 1]}`;
}
