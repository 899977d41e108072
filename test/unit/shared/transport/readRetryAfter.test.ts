import { parseRetryAfter } from '../../../../nodes/shared/transport/apiErrors';

const now = Date.parse('2026-09-01T12:00:00Z');

test.each<[string, string | undefined, number | undefined]>([
	['seconds', '30', 30],
	['parts of a second', '0.5', 0.5],
	['no wait', '0', 0],
	['seconds with blanks around', ' 30 ', 30],
	['a date', 'Tue, 01 Sep 2026 12:00:30 GMT', 30],
	['a date that has passed', 'Tue, 01 Sep 2026 11:00:00 GMT', 0],
	['no header', undefined, undefined],
	['an empty header', ' ', undefined],
	['a word', 'soon', undefined],
	['no number that a computer can hold', '9'.repeat(400), undefined],
])('Retry-After is read: %s', (_, value, seconds) => {
	expect(parseRetryAfter(value, now)).toBe(seconds);
});

test('a negative number is no reason to wait for long', () => {
	expect(parseRetryAfter('-5', now) ?? 0).toBe(0);
});
