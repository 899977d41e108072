import {
	mimeTypeOfBytes,
	mimeTypeOfName,
	normalizeMimeType,
	UNSPECIFIC_TYPES,
} from '../../shared/mimeTypes';

/** How many bytes `inspectFile` needs from the start of a file. */
export const INSPECTED_BYTES = 512;

/** The type of a file, or why it can't be used. */
type Inspection = { mimeType: string; problem?: undefined } | { problem: string };

/**
 * Detects the type of a file from its content rather than from its declared type.
 *
 * @param start its first bytes, up to `INSPECTED_BYTES`; all of a shorter one
 * @param claimed MIME type given by its server, the response or the item; '' for none
 * @param fileName its name or URL, for the extension; '' for none
 * @returns its MIME type without parameters; a problem if it is empty, or a web page or JSON instead of
 * media
 */
export function inspectFile(start: Uint8Array, claimed: string, fileName: string): Inspection {
	if (start.length === 0) return { problem: 'is empty (0 bytes)' };
	const type = normalizeMimeType(claimed);
	const declared = (UNSPECIFIC_TYPES.has(type) && mimeTypeOfName(fileName)) || type;
	const detected = mimeTypeOfBytes(start);
	if (detected) return { mimeType: reconcile(detected, declared) };
	const page = pageType(start);
	if (page === 'image/svg+xml') return { mimeType: page };
	if (!page) {
		return { mimeType: declared || (isText(start) ? 'text/plain' : 'application/octet-stream') };
	}
	const isDeclared = page === 'text/html' ? declared === page : isTextType(declared);
	if (isDeclared) return { mimeType: declared };
	return isMedium(declared) ? { problem: `is ${PAGE_NAMES[page]}` } : { mimeType: page };
}

/**
 * Like `inspectFile`, for a file that a model generated.
 *
 * @returns a problem for every web page, and for text that isn't a text file
 */
export function inspectOutput(start: Uint8Array, claimed: string, fileName: string): Inspection {
	const found = inspectFile(start, claimed, fileName);
	if (found.problem !== undefined) return found;
	const { mimeType } = found;
	const isMislabeled = isMedium(mimeType) && !isTextType(mimeType) && isUtf8(start);
	if (isMislabeled && !mimeTypeOfBytes(start)) return { problem: 'is plain text' };
	const name = PAGE_NAMES[mimeType];
	return name && mimeTypeOfName(fileName) !== mimeType ? { problem: `is ${name}` } : found;
}

const PAGE_NAMES: Record<string, string> = {
	'text/html': 'a web page',
	'application/json': 'JSON',
	'application/xml': 'XML',
	'text/plain': 'plain text',
	'text/event-stream': 'a stream of events',
};

/**
 * Chooses between the detected and the declared type. For images and PDFs the bytes are certain, and
 * models refuse a wrong type; audio and video containers and ZIP don't show what is in them.
 */
function reconcile(detected: string, declared: string): string {
	if (UNSPECIFIC_TYPES.has(declared)) return detected;
	const [family, declaredFamily] = [familyOf(detected), familyOf(declared)];
	if (family === declaredFamily) return family === 'image' || isPdf(detected) ? detected : declared;
	return isSoundOrVideo(family) && isSoundOrVideo(declaredFamily) ? declared : detected;
}

/** 'image/png' → 'image' */
export const familyOf = (mimeType: string): string => mimeType.split('/')[0];

export const MEDIA_FAMILIES = ['image', 'audio', 'video', 'model'];

const isPdf = (mimeType: string): boolean => mimeType === 'application/pdf';
const isSoundOrVideo = (family: string): boolean => family === 'audio' || family === 'video';
const isMedium = (mimeType: string): boolean =>
	MEDIA_FAMILIES.includes(familyOf(mimeType)) || isPdf(mimeType);

/** Text types whose files may look like JSON or XML. */
const isTextType = (mimeType: string): boolean =>
	familyOf(mimeType) === 'text' || /[/+](json|xml)$|^model\/(obj|stl|vnd)|mpegurl/.test(mimeType);

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

/** Whether there are no bytes that text can't contain. */
const isText = (start: Uint8Array): boolean =>
	start.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);

/** Stricter than `isText`; the last character may be cut. */
const isUtf8 = (start: Uint8Array): boolean =>
	isText(start) && !/\uFFFD(?!\uFFFD{0,2}$)/.test(Buffer.from(start).toString('utf8'));
