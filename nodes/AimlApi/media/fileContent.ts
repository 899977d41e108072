import {
	mimeTypeOfBytes,
	mimeTypeOfName,
	normalizeMimeType,
	UNSPECIFIC_TYPES,
} from '../../shared/mimeTypes';

/** How many bytes of a file `inspectFile` wants to see. */
export const INSPECTED_BYTES = 512;

/** What a file is, or why it is not what it is said to be. */
export type Inspection = { mimeType: string; problem?: undefined } | { problem: string };

/**
 * Looks at a file instead of believing what is said of it.
 *
 * @param start its first bytes, up to `INSPECTED_BYTES`; all of a shorter one
 * @param claimed MIME type by its server, the answer or the item; '' for none
 * @param fileName its name or address, for its ending; '' for none
 * @returns its MIME type without parameters; a problem where it is empty, or a page or JSON in place
 * of a medium
 */
export function inspectFile(start: Uint8Array, claimed: string, fileName: string): Inspection {
	if (start.length === 0) return { problem: 'is empty (0 bytes)' };
	const declared = normalizeMimeType(claimed);
	const named = mimeTypeOfName(fileName) ?? '';
	const said = UNSPECIFIC_TYPES.has(declared) ? named || declared : declared;
	const bySignature = mimeTypeOfBytes(start);
	if (bySignature) return { mimeType: reconcile(bySignature, said) };
	const page = pageType(start);
	if (page === 'image/svg+xml') return { mimeType: page };
	if (!page)
		return { mimeType: said || (isText(start) ? 'text/plain' : 'application/octet-stream') };
	if (page === 'text/html' ? said === 'text/html' : isTextType(said)) return { mimeType: said };
	return isMedium(said) ? { problem: `is ${PAGE_NAMES[page]}` } : { mimeType: page };
}

/**
 * The same for a file that a model made, which is a medium whatever is said of it.
 *
 * @returns a problem for every page, and for a text whose name does not end like one
 */
export function inspectOutput(start: Uint8Array, claimed: string, fileName: string): Inspection {
	const found = inspectFile(start, claimed, fileName);
	if (found.problem !== undefined) return found;
	const name = PAGE_NAMES[found.mimeType];
	return name && mimeTypeOfName(fileName) !== found.mimeType ? { problem: `is ${name}` } : found;
}

const PAGE_NAMES: Record<string, string> = {
	'text/html': 'a web page',
	'application/json': 'JSON',
	'application/xml': 'XML',
	'text/plain': 'a text',
};

/**
 * What the bytes show against what is said. Of images and PDF the bytes are sure, and models refuse
 * those under a wrong name; containers of sound and video, and ZIP, do not tell what is in them.
 */
function reconcile(bySignature: string, said: string): string {
	if (UNSPECIFIC_TYPES.has(said)) return bySignature;
	const [shown, told] = [familyOf(bySignature), familyOf(said)];
	if (shown === told) return shown === 'image' || isPdf(bySignature) ? bySignature : said;
	return isSoundOrVideo(shown) && isSoundOrVideo(told) ? said : bySignature;
}

const familyOf = (mimeType: string): string => mimeType.split('/')[0];
const isPdf = (mimeType: string): boolean => mimeType === 'application/pdf';
const isSoundOrVideo = (family: string): boolean => family === 'audio' || family === 'video';
const isMedium = (mimeType: string): boolean =>
	['image', 'audio', 'video', 'model'].includes(familyOf(mimeType)) || isPdf(mimeType);

/** Types whose files are texts that may look like JSON or XML. */
const isTextType = (mimeType: string): boolean =>
	familyOf(mimeType) === 'text' || /[/+](json|xml)$|^model\/(obj|stl|vnd)/.test(mimeType);

function pageType(start: Uint8Array): string | undefined {
	const text = Buffer.from(start.subarray(0, INSPECTED_BYTES))
		.toString('utf8')
		.replace(/^\uFEFF/, '')
		.trimStart();
	if (/^<(!doctype html|html|head|body|title|center|h1|p)\b/i.test(text)) return 'text/html';
	if (/^<\?xml\b/i.test(text)) {
		if (/<svg\b/i.test(text)) return 'image/svg+xml';
		return /<html\b/i.test(text) ? 'text/html' : 'application/xml';
	}
	return /^(\{\s*["}]|\[\s*[[{"\]])/.test(text) ? 'application/json' : undefined;
}

/** Bytes without those that no text has. */
const isText = (start: Uint8Array): boolean =>
	start.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
