import fc from 'fast-check';
import { EventParser, looksLikeEvents } from '../../../../nodes/shared/transport/eventParser';

const parse = (text: string, cuts: number[] = []) => {
	const parser = new EventParser();
	const bytes = Buffer.from(text);
	const events = [];
	let from = 0;
	for (const cut of cuts) {
		events.push(...parser.push(bytes.subarray(from, from + cut)));
		from += cut;
	}
	events.push(...parser.push(bytes.subarray(from)), ...parser.end());
	return { events, isDone: parser.isDone, broken: parser.broken };
};

const PLAIN = 'data: {"a":1}\n\ndata: {"b":2}\n\ndata: [DONE]\n\n';

test.each<[string, string]>([
	['CR and LF', PLAIN.replaceAll('\n', '\r\n')],
	['CR', PLAIN.replaceAll('\n', '\r')],
	['one line break between events', PLAIN.replaceAll('\n\n', '\n')],
	['one CR between events', PLAIN.replaceAll('\n\n', '\r')],
	['no blank behind the colon', PLAIN.replaceAll(': ', ':')],
	['a byte order mark', `\ufeff${PLAIN}`],
	['comments', `: ping\n\n${PLAIN.replaceAll('\n\n', '\n: ping\n\n')}`],
	['ids, names and retry times', PLAIN.replaceAll('data', 'id: 1\nretry: 5\nevent: message\ndata')],
	['the name behind the data', PLAIN.replaceAll('\n\n', '\nevent: message\n\n')],
	['no line break at the end', PLAIN.trimEnd()],
	['data that says nothing', `data\n\ndata:\n\n${PLAIN}`],
	['data that is no object', `data: ping\n\ndata: 5\n\n${PLAIN}`],
])('the event parser reads events with %s', (_, text) => {
	expect(parse(text)).toEqual({
		events: [{ a: 1 }, { b: 2 }],
		isDone: true,
		broken: undefined,
	});
});

test('the event parser joins the data lines of an event', () => {
	expect(parse('data: {\ndata: "a": [\ndata: {"b":1}\ndata: ]}\n\n').events).toEqual([
		{ a: [{ b: 1 }] },
	]);
});

test.each<[string, string, object]>([
	['text', 'event: error\ndata: Overloaded\n\n', { error: 'Overloaded' }],
	[
		'an object without the word',
		'event: error\ndata: {"message":"Overloaded"}\n\n',
		{ message: 'Overloaded', error: { message: 'Overloaded' } },
	],
	['an object that says so', 'event: error\ndata: {"error":"Over"}\n\n', { error: 'Over' }],
])('an event named error is one, with %s as its data', (_, text, event) => {
	expect(parse(text).events).toEqual([event]);
});

test('truncated data is reported, and the other events are read', () => {
	expect(parse('data: {"a":\n\ndata: {"b":2}\n\n')).toEqual({
		events: [{ b: 2 }],
		isDone: false,
		broken: { data: '{"a":', at: 0 },
	});
});

test('a word in brackets is no event, and no broken one', () => {
	expect(parse('data: [PING]\n\ndata: {"b":2}\n\n')).toEqual({
		events: [{ b: 2 }],
		isDone: false,
		broken: undefined,
	});
});

test('the events are the same, wherever the bytes are cut', () => {
	const line = fc.constantFrom(
		'data: {"a":"🎉"}',
		'data: {',
		'data: "b":1}',
		'',
		': x',
		'event: e',
		'id',
	);
	const text = fc
		.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')))
		.map((lines) => lines.flat().join(''));
	fc.assert(
		fc.property(text, fc.array(fc.nat(9)), (stream, cuts) => {
			expect(parse(stream, cuts)).toEqual(parse(stream));
		}),
		{ seed: 11, numRuns: 500 },
	);
});

test.each<[string, boolean]>([
	['data: {}', true],
	['data:{}', true],
	[': ping', true],
	['\n\nevent: x', true],
	['id: 1', true],
	['retry: 5', true],
	['{"data": 1}', false],
	['<html>', false],
	['database: x', false],
	['', false],
])('%j is taken for events: %s', (text, expected) => {
	expect(looksLikeEvents(text)).toBe(expected);
});

test.each<[string, Buffer]>([
	['UTF-8', Buffer.from(`\ufeff${PLAIN}`)],
	['UTF-16', Buffer.from(`\ufeff${PLAIN}`, 'utf16le')],
	['UTF-16 with the high byte first', Buffer.from(`\ufeff${PLAIN}`, 'utf16le').swap16()],
	['UTF-16 without its mark', Buffer.from(PLAIN, 'utf16le')],
])('the event parser reads %s, wherever the bytes are cut', (_, bytes) => {
	for (const cut of [1, 2, 3, 4, 5, 50]) {
		const parser = new EventParser();
		const events = [bytes.subarray(0, cut), bytes.subarray(cut)].flatMap((part) =>
			parser.push(part),
		);
		expect([...events, ...parser.end()]).toEqual([{ a: 1 }, { b: 2 }]);
		expect(parser.isDone).toBe(true);
	}
});
