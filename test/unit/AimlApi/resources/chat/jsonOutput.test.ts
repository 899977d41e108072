import { parseJsonOutput } from '../../../../../nodes/AimlApi/resources/chat/jsonOutput';

const schema = {
	type: 'object',
	properties: {
		category: { type: 'string', enum: ['billing', 'sales'] },
		tags: { type: 'array', items: { type: 'string' } },
	},
	required: ['category'],
};

test.each([
	['as it stands', '{"category":"billing"}'],
	['with blanks around', '\n {"category":"billing"}\n'],
	['in a fence', '```json\n{"category":"billing"}\n```'],
	['in a fence without language', '```\n{"category":"billing"}\n```'],
	['in a fence with blanks around', '\n```JSON \n{\n"category":"billing"\n}\n\n``` \n'],
])('JSON is read %s', (_, text) => {
	expect(parseJsonOutput(text, schema)).toEqual({ value: { category: 'billing' } });
});

test('a fence inside a value is left alone', () => {
	const value = { code: '```json\n{}\n```' };
	expect(parseJsonOutput(JSON.stringify(value), { type: 'object' })).toEqual({ value });
});

test.each([
	['{"tags":[]}', "'category' must be one of billing, sales, but is missing"],
	['{"category":"other"}', "'category' must be one of billing, sales, but is not"],
	['{"category":"sales","tags":["a",1]}', "'tags.1' must be a string, but is not"],
	['["billing"]', 'it must be an object with category, but is not'],
	['null', 'it must be an object with category, but is not'],
])('%s does not follow the schema, and the problem says why', (text, problem) => {
	expect(parseJsonOutput(text, schema)).toEqual({ problem });
});

test.each(['', 'Sure! Here it is:', '{"category":"bil', '{category: "billing"}'])(
	"%j is no JSON, and the problem is the parser's message",
	(text) => {
		expect(parseJsonOutput(text, schema)).toEqual({
			problem: expect.stringMatching(/JSON/) as string,
		});
	},
);
