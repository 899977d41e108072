import { decodeText } from '../../../../nodes/shared/transport/decodeText';

const TEXT = '{"a":"Grüße 🎉"}';
const LATIN = '{"a":"Grüße"}';
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
const marked = (mark: number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes]);
const utf16 = Buffer.from(TEXT, 'utf16le');

test.each<[string, Buffer, string, string]>([
	['UTF-8', Buffer.from(TEXT), '', TEXT],
	['UTF-8 behind its mark', marked([0xef, 0xbb, 0xbf], Buffer.from(TEXT)), '', TEXT],
	['UTF-16 behind its mark', marked([0xff, 0xfe], utf16), 'application/json', TEXT],
	['UTF-16 of the other order', marked([0xfe, 0xff], swapped(utf16)), '', TEXT],
	['UTF-16 without a mark', utf16, '', TEXT],
	['UTF-16 that the header names', utf16, 'application/json; charset=utf-16le', TEXT],
	['Latin-1 that the header names', Buffer.from(LATIN, 'latin1'), 'a/b; charset=ISO-8859-1', LATIN],
	['Latin-1 in quotes', Buffer.from(LATIN, 'latin1'), 'a/b;Charset="latin1"', LATIN],
	['Latin-1 that nothing names', Buffer.from(LATIN, 'latin1'), 'application/json', LATIN],
	['GBK', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), 'text/plain; charset=gbk', '你好'],
	['UTF-8 under a charset that nobody knows', Buffer.from(TEXT), 'a/b; charset=klingon', TEXT],
	['nothing', Buffer.alloc(0), '', ''],
])('text is decoded from %s', (_, bytes, contentType, text) => {
	expect(decodeText(bytes, contentType)).toBe(text);
});

test('a truncated character does not damage the others', () => {
	expect(decodeText(Buffer.from('Grüße 🎉').subarray(0, -1))).toBe('Grüße \ufffd');
});
