import { InputError } from '../errors/InputError';
import { isRecord, toJsonValue, tryParse } from '../json';
import { acceptedTypes, type JsonSchema, type ObjectSchema } from '../schema/jsonSchema';
import { findProblem, type Problem } from '../schema/validate';
import { toParameterLabel } from './parameterFields';
import type { TargetModel } from './targetModel';

/**
 * Turns the values of 'Model Parameters' into body properties.
 *
 * Blank fields are not sent, nor are lists and objects left empty, as the editor opens them, unless that
 * differs from the documented default. Text becomes a number, list or object where the schema wants one.
 * Without a schema, text that is a JSON list or object is parsed and everything else is sent as it is.
 *
 * @throws InputError naming the field and what it accepts, before anything is paid for
 */
export function toBodyParameters(values: unknown, model: TargetModel): Record<string, unknown> {
	if (!isRecord(values)) return {};
	const set = Object.entries(values)
		.map(([name, value]) => [name, toJsonValue(value)] as const)
		.filter(([name, value]) => !isUnset(name, value, model.schema));
	return Object.fromEntries(set.map(([name, value]) => [name, parseParameter(name, value, model)]));
}

/**
 * The values of 'Model Parameters' that are sent to a model: all of them to the requested one. Those
 * that a fallback model doesn't know or accept are dropped and listed by name.
 */
export function dropUnsupported(
	values: unknown,
	{ schema, isFallback }: TargetModel,
): { fitting: Record<string, unknown>; dropped: string[] } {
	const given = isRecord(values) ? values : {};
	if (!isFallback || !schema) return { fitting: given, dropped: [] };
	const fits = ([name, value]: [string, unknown]): boolean =>
		isBlank(value) ||
		(Object.hasOwn(schema.properties, name) &&
			interpret(value, schema.properties[name]) !== undefined);
	const entries = Object.entries(given);
	return {
		fitting: Object.fromEntries(entries.filter(fits)),
		dropped: entries.filter((entry) => !fits(entry)).map(([name]) => name),
	};
}

/**
 * The body properties of 'Model Parameters', without those that a fallback model doesn't support.
 *
 * @throws InputError like `toBodyParameters`
 */
export function toSupportedParameters(
	values: unknown,
	model: TargetModel,
): { parameters: Record<string, unknown>; droppedParameters: string[] } {
	const { fitting, dropped } = dropUnsupported(values, model);
	return { parameters: toBodyParameters(fitting, model), droppedParameters: dropped };
}

/** The parameters that are set, unchecked. Text that is a JSON list or object is parsed. */
export const parseParameters = (values: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(values)
			.filter(([, value]) => !isBlank(value))
			.map(([name, value]) => [name, parseListOrObject(value) ?? value]),
	);

/** Whether any parameter is set. */
export const hasValues = (values: unknown): boolean =>
	isRecord(values) && Object.values(values).some((value) => !isBlank(value));

function isUnset(name: string, value: unknown, schema: ObjectSchema | undefined): boolean {
	if (isBlank(value)) return true;
	const property = schema?.properties[name];
	if (schema?.required.includes(name) || !isEmpty(property?.default ?? [])) return false;
	const isText = typeof value === 'string' && property && acceptedTypes(property).has('string');
	return !isText && isEmpty(parseListOrObject(value) ?? value);
}

/** An empty list or object. */
const isEmpty = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function parseParameter(name: string, value: unknown, { id, schema }: TargetModel): unknown {
	if (schema && !Object.hasOwn(schema.properties, name)) {
		throw new InputError(
			`The model ${id} has no parameter '${toParameterLabel(name)}'`,
			`Remove '${toParameterLabel(name)}' from 'Model Parameters', or send it in 'Extra Body' to skip this check. Its parameters are: ${Object.keys(schema.properties).join(', ')}.`,
		);
	}
	const property = schema ? schema.properties[name] : {};
	const fitting = interpret(value, property);
	if (fitting !== undefined) return fitting;
	throw mismatchError(name, value, property);
}

/** The value in a form that the property accepts; `undefined` if it accepts none. */
function interpret(value: unknown, property: JsonSchema): unknown {
	return interpretations(value, property).find((candidate) => !findProblem(property, candidate));
}

/** What a value may mean, most likely first. */
function interpretations(value: unknown, schema: JsonSchema): unknown[] {
	if (typeof value === 'object') return [value];
	if (typeof value === 'number' && !Number.isFinite(value)) return [value];
	if (typeof value !== 'string') return [value, String(value)];
	const parsed = parseListOrObject(value);
	const types = acceptedTypes(schema);
	const readings: unknown[] = parsed === undefined ? [value] : [parsed, value];
	if (/\d/.test(value) && Number.isFinite(Number(value))) readings.push(Number(value));
	if (types.has('boolean') && /^(true|false)$/i.test(value)) readings.push(/true/i.test(value));
	return readings;
}

const parseListOrObject = (value: unknown): unknown =>
	typeof value === 'string' && /^\s*[[{]/.test(value) ? tryParse(value) : undefined;

function mismatchError(name: string, value: unknown, schema: JsonSchema) {
	const label = toParameterLabel(name);
	const types = acceptedTypes(schema);
	const wantsJson =
		types.size > 0 && [...types].every((type) => type === 'array' || type === 'object');
	const parsed = parseListOrObject(value);
	if (wantsJson && typeof value === 'string' && parsed === undefined) {
		return new InputError(
			`'${label}' isn't valid JSON`,
			`Enter ${types.has('array') ? 'a JSON list' : 'a JSON object'} in 'Model Parameters'. Check quotes, commas and brackets.`,
		);
	}
	const problem = findProblem(schema, parsed ?? value) as Problem;
	const place = problem.path.length ? ` at ${problem.path.join('.')}` : '';
	return new InputError(
		`'${label}'${place} must be ${problem.expected}, but is ${show(problem.received)}`,
		"Change the value in 'Model Parameters'. To skip this check, send it in 'Extra Body'.",
	);
}

function show(value: unknown): string {
	if (value === undefined) return 'missing';
	const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
	return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
