import fc from 'fast-check';
import { parseLooseJson } from '../../../../nodes/shared/chat/looseJson';

const VALUE = { a: 1, b: ['x', null, true] };
const JSON_TEXT = JSON.stringify(VALUE);

test.each<[string, string]>([
	['plain', JSON_TEXT],
	['behind a byte order mark', `\ufeff${JSON_TEXT}`],
	['in a fence', `\`\`\`json\n${JSON_TEXT}\n\`\`\``],
	['in a fence on one line', `\`\`\`json ${JSON_TEXT} \`\`\``],
	['in a fence without an end', `\`\`\`\n${JSON_TEXT}`],
	['in a fence among words', `Here you go:\n\`\`\`json\n${JSON_TEXT}\n\`\`\`\nBye`],
	['among words', `The answer is ${JSON_TEXT}. Bye`],
	['encoded twice', JSON.stringify(JSON_TEXT)],
	['encoded three times', JSON.stringify(JSON.stringify(JSON_TEXT))],
	['with commas before the brackets', '{"a":1,"b":["x",null,true,],}'],
	['in Python', "{'a': 1, 'b': ['x', None, True]}"],
])('JSON is read that is %s', (_, text) => {
	expect(parseLooseJson(text)).toEqual(VALUE);
});

test.each(['', 'Hello', '{', '{"a":', '"text"', '5', 'null', '```', "It's 5 o'clock"])(
	'%j is not an object',
	(text) => {
		expect(parseLooseJson(text)).toBeUndefined();
	},
);

test('quotes in a string of Python are kept', () => {
	expect(parseLooseJson(`{'a': 'say "hi"', 'b': 'it\\'s', 'c': 'x\ny'}`)).toEqual({
		a: 'say "hi"',
		b: "it's",
		c: 'x\ny',
	});
});

test('the first value that fits is taken', () => {
	const isObject = (value: object) => !Array.isArray(value);
	expect(parseLooseJson('See [1]: {"a":1}', isObject)).toEqual({ a: 1 });
});

test('any object in any of these forms is read', () => {
	const forms: Array<(text: string) => string> = [
		(text) => text,
		(text) => `\`\`\`json\n${text}\n\`\`\``,
		(text) => JSON.stringify(text),
		(text) => `\n\n${text}  `,
	];
	fc.assert(
		fc.property(
			fc.dictionary(fc.string(), fc.jsonValue()),
			fc.constantFrom(...forms),
			(value, form) => {
				const expected = JSON.parse(JSON.stringify(value)) as unknown;
				expect(parseLooseJson(form(JSON.stringify(value)))).toEqual(expected);
			},
		),
		{ seed: 11, numRuns: 500 },
	);
});
