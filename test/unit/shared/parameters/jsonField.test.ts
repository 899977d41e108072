import { parseJsonObject } from '../../../../nodes/shared/parameters/jsonField';

test.each<[string, unknown, unknown]>([
	['text in JSON', ' {"provider":"auto"} ', { provider: 'auto' }],
	['an object by expression', { provider: 'auto' }, { provider: 'auto' }],
	['an empty object', '{}', {}],
	['blank text', ' \n', undefined],
	['nothing', undefined, undefined],
	['null by expression', null, undefined],
	['null in JSON', 'null', undefined],
])('%s is read', (_, value, read) => {
	expect(parseJsonObject(value, 'Extra Body')).toEqual(read);
});

test.each<[string, unknown, string, RegExp]>([
	['a missing bracket', '{"a": 1', "'Extra Body' isn't valid JSON", /The parser says: .*JSON/],
	['a bare word', 'auto', "'Extra Body' isn't valid JSON", /Check quotes, commas and brackets/],
	['a list', '[1]', "'Extra Body' must be a JSON object", /It is a list\./],
	['a number', 5, "'Extra Body' must be a JSON object", /It is a number\./],
	['a text in JSON', '"a"', "'Extra Body' must be a JSON object", /It is a string\./],
])('%s is refused, naming the field', (_, value, message, description) => {
	expect(() => parseJsonObject(value, 'Extra Body')).toThrow(
		expect.objectContaining({ message, description: expect.stringMatching(description) as string }),
	);
});
