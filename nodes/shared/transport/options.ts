import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../errors/InputError';
import { isRecord } from '../json';
import { CHECK_EXPRESSION, describeValue, parseText } from '../parameters/textField';
import type { RetryLimits } from './retry';

const DEFAULT_MAX_RETRIES = 4;
/** In seconds. */
const DEFAULT_MAX_RATE_LIMIT_WAIT = 300;
/** In seconds. */
export const DEFAULT_TIMEOUT = 300;
/** In seconds. Reasoning models may take this long; n8n's own chat models have the same limit. */
export const DEFAULT_CHAT_TIMEOUT = 3600;

/** The values of the options that the user added. */
export interface RunOptions {
	costLimit?: number;
	/** In US dollars, like `costLimit`, but for all nodes of the execution. */
	executionCostLimit?: number;
	fallbackModels?: string[];
	itemsInParallel?: number;
	maxRetries?: number;
	/** In seconds. */
	maxRateLimitWait?: number;
	retryOnTimeout?: boolean;
	/** Chat only; by default n8n decides. */
	stream?: boolean;
	requestId?: string;
	/** In seconds. */
	timeout?: number;
	[option: string]: unknown;
}

/** The user's limits for retries. */
export const getRetryLimits = ({ maxRetries, maxRateLimitWait }: RunOptions): RetryLimits => ({
	maxRetries: maxRetries ?? DEFAULT_MAX_RETRIES,
	maxRateLimitWait: maxRateLimitWait ?? DEFAULT_MAX_RATE_LIMIT_WAIT,
});

/**
 * Validates the values of 'Options' against their field definitions: type, range and allowed values. An
 * expression can return anything, and an invalid number would cause an endless loop or a limit without
 * effect.
 *
 * @param values the collection as n8n evaluated it
 * @param fields the definitions; every option that a node offers has to be among them
 * @returns the values in their declared types: numbers, booleans, texts, lists of texts
 * @throws InputError naming the option, what it must be and what arrived
 */
export function parseOptions(values: unknown, fields: readonly INodeProperties[]): RunOptions {
	if (values === undefined || values === null || values === '') return {};
	if (!isRecord(values)) {
		throw new InputError(
			`'Options' must be an object, but is ${describeValue(values)}`,
			CHECK_EXPRESSION,
		);
	}
	const known = new Map(fields.map((field) => [field.name, field]));
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => {
			const field = known.get(name);
			return [name, field ? parseOption(value, field) : value];
		}),
	);
}

/** The option definitions among the fields of a node or an operation. */
export const optionFieldsOf = (fields: readonly INodeProperties[]): INodeProperties[] =>
	fields
		.filter(({ name, type }) => name === 'options' && type === 'collection')
		.flatMap(({ options = [] }) => options as INodeProperties[]);

function parseOption(value: unknown, field: INodeProperties): unknown {
	switch (field.type) {
		case 'number':
			return parseNumber(value, field);
		case 'boolean':
			return parseBoolean(value, field);
		case 'options':
			return parseChoice(value, field);
		case 'fixedCollection':
		case 'json':
			return value;
		default:
			return field.typeOptions?.multipleValues ? parseList(value, field) : parseLine(value, field);
	}
}

function parseNumber(value: unknown, field: INodeProperties): number {
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = field.typeOptions ?? {};
	const figure = typeof value === 'string' && value.trim() ? Number(value) : value;
	const fits =
		typeof figure === 'number' &&
		Number.isFinite(figure) &&
		figure >= minValue &&
		figure <= maxValue &&
		(numberPrecision !== 0 || Number.isInteger(figure));
	if (fits) return figure;
	const kind = numberPrecision === 0 ? 'a whole number' : 'a number';
	throw wrongOption(field, `${kind}${describeRange(minValue, maxValue)}`, value);
}

function describeRange(min: number, max: number): string {
	if (Number.isFinite(max))
		return Number.isFinite(min) ? ` from ${min} to ${max}` : ` up to ${max}`;
	return Number.isFinite(min) ? ` of at least ${min}` : '';
}

function parseBoolean(value: unknown, field: INodeProperties): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 'false') return value === 'true';
	throw wrongOption(field, 'true or false', value);
}

function parseChoice(value: unknown, field: INodeProperties): unknown {
	const values = (field.options ?? []).flatMap((option) =>
		'value' in option ? [option.value] : [],
	);
	if (values.some((one) => one === value)) return value;
	throw wrongOption(field, `one of ${values.join(', ')}`, value);
}

/** A list of texts; an expression may also return one text with commas. */
function parseList(value: unknown, field: INodeProperties): string[] {
	const entries: unknown[] = typeof value === 'string' ? value.split(',') : [value ?? []].flat();
	return entries
		.map((entry) => {
			if (typeof entry === 'string') return entry.trim();
			throw wrongOption(field, 'a list of texts', Array.isArray(value) ? entry : value);
		})
		.filter(Boolean);
}

/** The API's rule for 'Request ID'. */
const REQUEST_ID = /^[\w.:-]{0,128}$/;

function parseLine(value: unknown, field: INodeProperties): string {
	const text = parseText(value, field.displayName).trim();
	if (field.name !== 'requestId' || REQUEST_ID.test(text)) return text;
	const expected = '1 to 128 letters, digits, dots, colons, hyphens or underscores';
	throw wrongOption(field, expected, value);
}

const wrongOption = (
	{ displayName }: INodeProperties,
	expected: string,
	value: unknown,
): InputError =>
	new InputError(
		`'${displayName}' must be ${expected}, but is ${describeValue(value)}`,
		`Correct '${displayName}' in 'Options'. ${CHECK_EXPRESSION}`,
	);
