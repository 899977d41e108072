import { InputError } from '../../../../nodes/shared/errors/InputError';
import { parseText } from '../../../../nodes/shared/parameters/textField';

test.each([
	['a', 'a'],
	['', ''],
	[7, '7'],
	[0, '0'],
	[false, 'false'],
	[undefined, ''],
	[null, ''],
])('%j is the text %j', (value, text) => {
	expect(parseText(value, 'Prompt')).toBe(text);
});

test.each([
	[{ a: 1 }, 'an object'],
	[['x', 'y'], 'a list'],
	[NaN, 'NaN'],
	[Infinity, 'Infinity'],
	[new Date(0), 'a date'],
])('the value %p is refused with the name of the field', (value, name) => {
	expect(() => parseText(value, 'Prompt')).toThrow(
		new InputError(`'Prompt' must be text, but is ${name}`, ''),
	);
});
