import { InputError } from '../../../shared/errors/InputError';

const HOUR = 3_600_000;
/** Days; the API looks no further. */
const MAX_RANGE_HOURS = 92;

/**
 * A period until now as the API takes it: `24h`, `7d`.
 *
 * @throws InputError when it is not of that form or too long
 */
export function parsePeriod(value: unknown): { period: string } {
	const period = String(value ?? '')
		.trim()
		.toLowerCase();
	const [, count, unit] = /^([1-9]\d*)([hd])$/.exec(period) ?? [];
	if (!unit) {
		throw new InputError(
			period ? `'Period' isn't valid: ${period}` : "'Period' is empty",
			'Enter a whole number of hours or days, e.g. 24h or 7d.',
		);
	}
	checkLength("'Period'", Number(count) * (unit === 'd' ? 24 * HOUR : HOUR));
	return { period };
}

/**
 * A time from one moment to another as the API takes it, in UTC.
 *
 * @throws InputError when one is missing or no date, or the time between them is below 0 or too long
 */
export function parseStartAndEnd(start: unknown, end: unknown): { start: string; end: string } {
	const [from, to] = [parseMoment(start, 'Start'), parseMoment(end, 'End')];
	if (to < from) {
		throw new InputError("'End' is before 'Start'", 'Swap them, or correct one of them.');
	}
	checkLength("The time from 'Start' to 'End'", to - from);
	return { start: new Date(from).toISOString(), end: new Date(to).toISOString() };
}

function checkLength(what: string, milliseconds: number): void {
	if (milliseconds <= MAX_RANGE_HOURS * 24 * HOUR) return;
	throw new InputError(
		`${what} is longer than ${MAX_RANGE_HOURS} days`,
		'Get several shorter ranges and add them up.',
	);
}

/** Text, a Date or, by expression, one of Luxon's. Text without an offset is in UTC. */
function parseMoment(value: unknown, field: string): number {
	const text = toText(value);
	if (!text) {
		throw new InputError(
			`'${field}' is empty`,
			'Choose a date. If it is an expression, check that the field it reads exists on this item.',
		);
	}
	const isWithoutOffset = /[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text);
	const moment = Date.parse(isWithoutOffset ? `${text}Z` : text);
	if (!Number.isNaN(moment)) return moment;
	throw new InputError(
		`'${field}' isn't a valid date: ${text}`,
		'Enter a date and time as in 2026-07-01T00:00:00Z.',
	);
}

function toText(value: unknown): string {
	const written: unknown = typeof value === 'object' && value ? toJson(value) : value;
	return String(written ?? '').trim();
}

const toJson = (value: object): unknown => JSON.parse(JSON.stringify(value));
