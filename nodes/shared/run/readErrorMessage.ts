import { isRecord } from '../schema/jsonSchema';
import { tryParse } from '../schema/tryParse';

const LONGEST = 500;

/**
 * What an error body says, in the API's own words, whatever form it has: the documented
 * `{message, requestId, …}`, a list of field errors, JSON of an upstream provider embedded in the
 * message, plain text, or a proxy's HTML page. Never throws; at most 500 characters.
 *
 * @returns '' when the body says nothing
 */
export function readErrorMessage(bytes: Uint8Array): string {
	const text = Buffer.from(bytes).toString('utf8').trim();
	const message = isHtml(bytes) ? readHtml(text) : readText(text, 0);
	const line = message
		.replace(/\p{Cc}+/gu, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** Whether a body is a page, as proxies and gateways send it; the API itself sends none. */
export function isHtml(bytes: Uint8Array): boolean {
	const start = Buffer.from(bytes.subarray(0, 200)).toString('utf8').trim();
	return /^<(!doctype|html|head|body|\?xml)/i.test(start);
}

function readHtml(html: string): string {
	const title = /<title[^>]*>([^<]*)</i.exec(html)?.[1] ?? /<h1[^>]*>([^<]*)</i.exec(html)?.[1];
	return (title ?? html.replace(/<[^>]*>/g, ' ')).trim();
}

/** How many objects, lists and texts with JSON in them may stand in each other. */
const DEEPEST = 12;

/** Text that may be JSON, or hold an object behind a few words such as `400 {"error":…}`. */
function readText(text: string, depth: number): string {
	if (depth > DEEPEST) return text;
	const start = /^\s*[[{]/.test(text) ? 0 : text.search(/\[\s*\{|\{/);
	const parsed = start < 0 ? undefined : tryParse(text.slice(start));
	if (parsed === undefined) return text;
	return readValue(parsed, depth + 1) || text;
}

function readValue(value: unknown, depth: number): string {
	if (typeof value === 'string') return readText(value, depth);
	if (depth > DEEPEST) return '';
	if (Array.isArray(value)) return joinUnique(value.map((entry) => readFieldError(entry, depth)));
	if (!isRecord(value)) return '';

	const main = ['message', 'error', 'detail', 'error_message', 'name']
		.map((key) => readValue(value[key], depth + 1))
		.find(Boolean);
	const fields = ['errors', 'issues', 'details']
		.filter((key) => Array.isArray(value[key]))
		.map((key) => readValue(value[key], depth + 1));
	return joinUnique([main ?? '', ...fields]);
}

/** One entry of a list of errors, with the field it is about. */
function readFieldError(entry: unknown, depth: number): string {
	const message = readValue(entry, depth + 1);
	const steps = isRecord(entry) ? [entry.path ?? []].flat() : [];
	const path = steps.filter((step) => ['string', 'number'].includes(typeof step)).join('.');
	const isNamed = message.split(/[^\w.]+/).includes(path);
	return path && !isNamed ? `${path}: ${message}` : message;
}

/** Joined with '; ', without what an earlier part says already. */
function joinUnique(texts: string[]): string {
	const parts: string[] = [];
	for (const text of texts) {
		if (text && !parts.some((part) => part.includes(text))) parts.push(text);
	}
	return parts.join('; ');
}
