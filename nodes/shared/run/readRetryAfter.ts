/**
 * The `Retry-After` header in seconds (RFC 9110, section 10.2.3): a number of seconds or a date.
 *
 * @returns `undefined` when it is absent or makes no sense; never negative
 */
export function readRetryAfter(value: string | undefined, now = Date.now()): number | undefined {
	if (value === undefined || value.trim() === '') return undefined;
	const seconds = /^\s*\d+(\.\d+)?\s*$/.test(value)
		? Number(value)
		: (Date.parse(value) - now) / 1000;
	return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
