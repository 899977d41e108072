import { matchesPattern } from '../../../../nodes/shared/schema/pattern';

test.each<[string, string, boolean]>([
	['^\\d{4}-\\d{2}-\\d{2}$', '2026-11-25', true],
	['^\\d{4}-\\d{2}-\\d{2}$', 'today', false],
	['^[A-Z]{2}$', 'DE', true],
	['^[A-Z]{2}$', 'de', false],
	['^[a-z]+[0-9]*$', 'abc1', true],
	['^\\p{L}+$', 'Größe', true],
	['^\\p{L}+$', '1', false],
	['^(?:a|b)$', 'c', false],
	['^(0?[1-9]|1[0-2])/(0?[1-9]|[12]\\d|3[01])/\\d{4}$', '11/25/2026', true],
	['^(0?[1-9]|1[0-2])/(0?[1-9]|[12]\\d|3[01])/\\d{4}$', '25.11.2026', false],
])('the pattern %s matches %s: %s', (pattern, text, expected) => {
	expect(matchesPattern(pattern, text)).toBe(expected);
});

test.each([
	['repeats what is repeated', '^(a+)+$'],
	['repeats words', '^(\\w+\\s?)*$'],
	['may begin anywhere and repeats twice', 'a*b*c'],
	['repeats three times', '^a*a*a*$'],
	['leaves thirty choices', `^${'a?'.repeat(30)}${'a'.repeat(30)}$`],
	['looks ahead', '^(?=a*b)c$'],
	['refers back', '^(a*)\\1$'],
	['counts far', '^a{100000}$'],
	['is broken', '^['],
])('a pattern that %s is not run, so that nothing is refused by it', (_, pattern) => {
	expect(matchesPattern(pattern, `${'a'.repeat(40)}!`)).toBe(true);
});

test('a text of more than 1,000 characters is not checked against a pattern', () => {
	expect(matchesPattern('^b+$', 'a'.repeat(1_001))).toBe(true);
});
