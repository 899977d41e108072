/**
 * Decodes a body by its byte order mark, the charset of its `Content-Type`, or its first bytes (RFC 4627,
 * section 3: in UTF-16, every other byte of JSON is zero), and as UTF-8 otherwise. The mark itself is
 * removed (RFC 8259, section 8.1). Never throws.
 */
export function decodeText(bytes: Uint8Array, contentType = ''): string {
	const charset = charsetOfBytes(bytes, contentType);
	return charset && charset !== 'utf-8'
		? new TextDecoder(charset).decode(bytes)
		: decodeUtf8(bytes);
}

/** How many bytes `charsetOfBytes` looks at. */
export const CHARSET_BYTES = 4;

/** The charset of a body by its first bytes and its `Content-Type`; `undefined` if neither shows it. */
export const charsetOfBytes = (start: Uint8Array, contentType: string): string | undefined =>
	markedCharset(start) ?? charsetOf(contentType) ?? guessUtf16(start);

/** The charset of a `Content-Type` by its name in the Encoding Standard; `undefined` if unknown. */
function charsetOf(contentType: string): string | undefined {
	const named = contentType
		.split(';')
		.map((parameter) => parameter.trim())
		.find((parameter) => parameter.toLowerCase().startsWith('charset='));
	if (!named) return undefined;
	try {
		return new TextDecoder(named.slice('charset='.length).replace(/["']/g, '')).encoding;
	} catch {
		return undefined;
	}
}

const MARKS: Array<[string, number[]]> = [
	['utf-8', [0xef, 0xbb, 0xbf]],
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]],
];

const markedCharset = (bytes: Uint8Array): string | undefined =>
	MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];

function guessUtf16(bytes: Uint8Array): string | undefined {
	const zeros = [...bytes.subarray(0, CHARSET_BYTES)]
		.map((byte) => (byte === 0 ? '0' : 'x'))
		.join('');
	return { '0x0x': 'utf-16be', x0x0: 'utf-16le' }[zeros];
}

/** Decodes UTF-8, or Latin-1 if nothing beyond ASCII is valid UTF-8. */
function decodeUtf8(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		const text = new TextDecoder().decode(bytes);
		const hasUtf8 = /[^\0-\x7f\ufffd]/.test(text);
		return hasUtf8 ? text : new TextDecoder('windows-1252').decode(bytes);
	}
}
