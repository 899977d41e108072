import { InputError } from '../../../shared/errors/InputError';
import { CHECK_EXPRESSION, describeValue, parseText } from '../../../shared/parameters/textField';

const HOUR_MS = 3_600_000;
/** The API's limit. */
const MAX_RANGE_DAYS = 92;

/**
 * A period until now in the API's form: `24h`, `7d`.
 *
 * @param label the field's display name
 * @throws InputError if it has another form or is too long
 */
export function parsePeriod(value: unknown, label: string): { period: string } {
	const period = parseText(value, label).trim().toLowerCase();
	const [, count, unit] = /^([1-9]\d*)([hd])$/.exec(period) ?? [];
	if (!unit) {
		throw new InputError(
			period ? `'${label}' isn't valid: ${period}` : `'${label}' is empty`,
			'Enter a whole number of hours or days, e.g. 24h or 7d.',
		);
	}
	checkLength(`'${label}'`, Number(count) * (unit === 'd' ? 24 * HOUR_MS : HOUR_MS));
	return { period };
}

/**
 * A time range in the API's form, in UTC.
 *
 * @throws InputError if a date is missing or invalid, or the range is negative or too long
 */
export function parseStartAndEnd(start: unknown, end: unknown): { start: string; end: string } {
	const [from, to] = [parseMoment(start, 'Start'), parseMoment(end, 'End')];
	if (to < from) {
		throw new InputError("'End' is before 'Start'", 'Swap them, or correct one of them.');
	}
	checkLength("The time from 'Start' to 'End'", to - from);
	return { start: new Date(from).toISOString(), end: new Date(to).toISOString() };
}

function checkLength(what: string, lengthMs: number): void {
	if (lengthMs <= MAX_RANGE_DAYS * 24 * HOUR_MS) return;
	throw new InputError(
		`${what} is longer than ${MAX_RANGE_DAYS} days`,
		'Get several shorter ranges and add them up.',
	);
}

/**
 * Milliseconds since 1970 of a text, a Date or, by expression, one of Luxon's. Text without an offset
 * is in UTC.
 *
 * @throws InputError naming the field
 */
export function parseMoment(value: unknown, field: string): number {
	const plain: unknown = typeof value === 'object' && value ? toJson(value) : value;
	const text = parseText(plain, field).trim();
	if (!text) {
		throw new InputError(`'${field}' is empty`, `Choose a date. ${CHECK_EXPRESSION}`);
	}
	const forms = HAS_TIME_ZONE.test(text) ? [text] : [`${text}Z`, `${text} UTC`];
	const moment = forms.map((form) => Date.parse(form)).find(Number.isFinite);
	if (moment !== undefined) return moment;
	throw new InputError(
		`'${field}' isn't a valid date: ${text}`,
		'Enter a date and time as in 2026-07-01T00:00:00Z.',
	);
}

/** The end of a date and time with a zone that `Date.parse` knows, or of an ISO date, which is in UTC. */
const HAS_TIME_ZONE = /(?:Z|UTC|GMT|[ECMP][SD]T|[+-]\d{1,2}(?::?\d\d)?|\))$/i;

/** A date's JSON is its ISO text. */
const toJson = (value: object): unknown => JSON.parse(JSON.stringify(value));

/**
 * The name of a time zone; '' for none.
 *
 * @throws InputError naming the field if there is no such time zone
 */
export function parseTimeZone(value: unknown, field: string): string {
	const name = parseText(value, field).trim();
	if (!name || isTimeZone(name)) return name;
	throw new InputError(
		`'${field}' isn't a time zone: ${describeValue(name)}`,
		'Enter its IANA name, e.g. Europe/Berlin.',
	);
}

function isTimeZone(timeZone: string): boolean {
	try {
		return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
	} catch {
		return false;
	}
}
