import fc from 'fast-check';
import { parseResultLines } from '../../../../../nodes/AimlApi/resources/batch/resultLines';

const line = (id: string) => ({ custom_id: id, result: { type: 'succeeded', message: {} } });
const text = (id: string) => JSON.stringify(line(id));

test.each<[string, string]>([
	['JSON Lines', `${text('a')}\n${text('b')}\n`],
	['JSON Lines with CRLF and blank lines', `${text('a')}\r\n\r\n${text('b')}`],
	['JSON Lines behind a byte order mark', `\uFEFF${text('a')}\n${text('b')}`],
	['a list', `[${text('a')},${text('b')}]`],
	['a list under data', `{"data":[${text('a')},${text('b')}]}`],
	['a list under results', `{"results":[${text('a')},${text('b')}]}`],
])('results are read from %s', (_, body) => {
	expect(parseResultLines(body)).toEqual([{ result: line('a') }, { result: line('b') }]);
});

test.each([
	['a cut line', '{"custom_id":"x","resu'],
	['a line that is no JSON', 'upstream error'],
	['a line that is no result', '{"note":1}'],
])('%s stays in its place and loses no other result', (_, bad) => {
	expect(parseResultLines(`${text('a')}\n${bad}\n${text('b')}`)).toEqual([
		{ result: line('a') },
		{ text: bad },
		{ result: line('b') },
	]);
});

test('a result without custom_id is read', () => {
	const { result } = line('a');
	expect(parseResultLines(`${JSON.stringify({ result })}\n${text('b')}`)).toEqual([
		{ result: { result } },
		{ result: line('b') },
	]);
});

test.each(['{"id":"b","processing_status":"in_progress"}', '[]', '', 'no', '{"data":[]}'])(
	'%j has no results',
	(body) => {
		expect(parseResultLines(body)).toBeUndefined();
	},
);

test('each good line is read, whatever the others are', () => {
	const entry = fc.oneof(fc.constant(text('a')), fc.string({ minLength: 1 }).filter(isForeign));
	fc.assert(
		fc.property(fc.array(entry, { minLength: 2 }), (lines) => {
			const good = lines.filter((each) => each === text('a')).length;
			const found = parseResultLines(lines.join('\n')) ?? [];
			return found.filter((each) => each.text === undefined).length === good;
		}),
		{ seed: 11 },
	);
});

const isForeign = (each: string): boolean => !each.includes('\n') && each.trim() !== '';
