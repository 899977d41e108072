import { InputError } from '../errors/InputError';

/** The advice for a value that may come from an expression. */
export const CHECK_EXPRESSION =
	'If it is an expression, check that the field it reads exists on this item.';

/**
 * The value of a text field, which may come from an expression.
 *
 * @param label the field's display name
 * @returns the text; numbers and booleans as text; '' for nothing
 * @throws InputError for an object, a list or NaN, which would reach the API as '[object Object]'
 */
export function parseText(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	const isPlain = typeof value === 'boolean' || typeof value === 'bigint' || Number.isFinite(value);
	if (isPlain) return String(value as number | boolean | bigint);
	throw new InputError(
		`'${label}' must be text, but is ${describeValue(value)}`,
		'Choose the one field that holds the text, e.g. {{ $json.text }}, or turn all of it into text with {{ JSON.stringify($json) }}.',
	);
}

/** A value that a field doesn't accept, for an error: 'a list', "'abc'", 'NaN', 'empty'. */
export function describeValue(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'empty';
	if (Array.isArray(value)) return 'a list';
	if (value instanceof Date) return 'a date';
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'function') return 'a function';
	if (typeof value !== 'string') return String(value);
	return value.length > 50 ? `'${value.slice(0, 50)}…'` : `'${value}'`;
}
