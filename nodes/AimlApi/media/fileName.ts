import { extensionOf, mimeTypeOfName } from '../../shared/mimeTypes';

/** In characters; leaves room for an extension within the limit of file systems. */
const LONGEST = 120;

/** Control characters, text direction marks and lone surrogates. */
const UNSAFE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/**
 * Makes an untrusted name safe: without path, control characters and text direction marks.
 *
 * @returns `undefined` if nothing is left of it
 */
export function safeFileName(name: string): string | undefined {
	const last =
		name
			.split(/[\\/]/)
			.map((part) => part.replace(UNSAFE, '').trim())
			.findLast((part) => part !== '') ?? '';
	return /^\.*$/.test(last) ? undefined : shorten(last);
}

function shorten(name: string): string {
	const characters = [...name];
	if (characters.length <= LONGEST) return name;
	const ending = /\.\w{1,10}$/.exec(name.slice(-11))?.[0] ?? '';
	return characters.slice(0, LONGEST - ending.length).join('') + ending;
}

/** The file name in a URL, if it has an extension: 'a b.png' for `…/a%20b.png?x=1`. */
export function fileNameOfUrl(url: string): string | undefined {
	if (!URL.canParse(url)) return undefined;
	const name = safeFileName(decode(new URL(url).pathname.split('/').pop() ?? ''));
	return name !== undefined && /\.\w{2,5}$/.test(name) ? name : undefined;
}

/** A name from a URL with the extension of the file's type, if it has that of another one. */
export function withExtension(name: string, mimeType: string): string {
	const [family] = mimeType.split('/');
	const extension = extensionOf(mimeType);
	const present = mimeTypeOfName(name);
	const fits = family === 'image' ? present === mimeType : present?.startsWith(`${family}/`);
	const isCertain = FAMILIES.has(family) && mimeTypeOfName(`.${extension}`) === mimeType;
	return isCertain && !fits ? `${name.replace(/\.\w{2,5}$/, '')}.${extension}` : name;
}

const FAMILIES = new Set(['image', 'audio', 'video']);

/** Decodes a part of a URL; what is invalid in it stays as it is. */
const decode = (text: string): string =>
	text.replace(/(?:%[\da-f]{2})+/gi, (escaped) => {
		try {
			return decodeURIComponent(escaped);
		} catch {
			return escaped;
		}
	});
