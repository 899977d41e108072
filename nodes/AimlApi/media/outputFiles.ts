import { isRecord, tryParse } from '../../shared/json';
import {
	mimeTypeOfBytes,
	normalizeMimeType,
	parseDataUrl,
	SIGNATURE_LENGTH,
} from '../../shared/mimeTypes';
import type { ApiResponse } from '../../shared/transport/apiResponse';

/** A file that a response links to or contains. */
export interface OutputFile {
	/** http(s) URL, or a path on the API's host; absent if the response contains the file. */
	url?: string;
	/** The file, if it is in the JSON. */
	base64?: string;
	/** The file, if the response itself is the file. */
	bytes?: Buffer;
	/** As the response declares it; the file's own server is more reliable. */
	mimeType?: string;
	fileName?: string;
}

/** Properties of a response about the call rather than its result. */
const METADATA_KEYS = new Set([
	...['meta', 'metadata', 'usage', 'error', 'errors', 'logs', 'metrics', 'id'],
	...['request', 'params', 'parameters', 'settings', 'options', 'config'],
	...['links', '_links', 'webhook', 'webhooks', 'callback', 'docs'],
]);

/** Words in the names of URLs that are not results: where to poll or cancel the job, and webhooks. */
const METADATA_WORDS = new Set([
	...['get', 'cancel', 'status', 'response', 'poll', 'polling', 'queue', 'self', 'web', 'webhook'],
	...['callback', 'notify', 'docs', 'documentation', 'help', 'terms', 'license', 'homepage'],
	...['prompt', 'text', 'title', 'caption', 'description', 'message', 'lyrics', 'script'],
	...['original', 'request', 'error', 'log', 'logs'],
]);

/** Words in the names of the user's own files. */
const INPUT_WORDS = new Set(['input', 'inputs', 'source', 'reference', 'references', 'init']);

/** Words in the names of smaller or shorter versions of the result. */
const PREVIEW_WORDS = new Set([
	...['thumbnail', 'thumbnails', 'thumb', 'preview', 'previews', 'poster', 'cover', 'stream'],
]);

const BASE64_KEYS = ['b64_json', 'base64', 'image_base64'];
const TYPE_KEYS = ['content_type', 'mime_type', 'contentType', 'mimeType', 'media_type'];

/** The files of a response: those that its JSON links to or contains, or the response itself. */
export function findResponseFiles(response: ApiResponse): OutputFile[] {
	if (response.json !== undefined) return findOutputFiles(response.json);
	return mimeTypeOfBytes(response.bytes) === undefined ? [] : [bodyAsFile(response)];
}

export const bodyAsFile = (response: ApiResponse): OutputFile => ({
	bytes: response.bytes,
	mimeType: response.header('content-type'),
});

/**
 * The files of a response, in order, wherever they are: the models use `data`, `images`, `video`,
 * `audio_file`, `model_mesh` and more, as objects, lists or plain URLs. Previews count only if there is
 * nothing else.
 */
export function findOutputFiles(body: unknown): OutputFile[] {
	const previews: unknown[] = [];
	const files = collectFiles(body, previews);
	const seen = new Set<string>();
	return (files.length ? files : collectFiles(previews, [])).filter(({ url, base64 }) => {
		const key = url ?? base64 ?? '';
		return !seen.has(key) && seen.add(key);
	});
}

/**
 * Iterative, since a response may be nested deeper than the call stack allows.
 *
 * @param previews gets what was left out as a preview
 */
function collectFiles(body: unknown, previews: unknown[]): OutputFile[] {
	const found: OutputFile[] = [];
	const left: unknown[] = [body];
	while (left.length) {
		const value = left.pop();
		if (typeof value === 'string') {
			const json = /^\s*[[{]/.test(value) ? tryParse(value) : undefined;
			if (json === undefined) found.push(...parseReference(value));
			else left.push(json);
		} else if (Array.isArray(value)) pushReversed(left, value);
		else if (isRecord(value)) {
			const own = parseFileObject(value);
			if (own) found.push(own);
			const outputs = outputsOf(value, previews);
			// The texts beside a file describe it.
			pushReversed(left, own ? outputs.filter((output) => typeof output === 'object') : outputs);
		}
	}
	return found;
}

/** One by one, since the number of arguments of a call is limited. */
function pushReversed(left: unknown[], values: unknown[]): void {
	for (const value of values.toReversed()) left.push(value);
}

function outputsOf(value: Record<string, unknown>, previews: unknown[]): unknown[] {
	return Object.entries(value).flatMap(([key, entry]) => {
		const words = wordsOf(key);
		const hasWord = (those: Set<string>) => words.some((word) => those.has(word));
		const isAboutTheCall = typeof entry === 'string' && hasWord(METADATA_WORDS);
		if (METADATA_KEYS.has(key) || isAboutTheCall || hasWord(INPUT_WORDS)) return [];
		if (!hasWord(PREVIEW_WORDS)) return [entry];
		previews.push(entry);
		return [];
	});
}

/** 'statusUrl' and 'status_url' → ['status', 'url'] */
const wordsOf = (key: string): string[] =>
	key
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);

function parseReference(text: string): OutputFile[] {
	const url = parseAddress(text.trim());
	if (url) return [{ url }];
	const file = parseInlineFile(text) ?? parseEncodedFile(text);
	return file ? [file] : [];
}

/** A URL; spaces in it are allowed if it ends with a file extension. */
function parseAddress(text: string): string | undefined {
	if (/^\/\/[\w-]+\.[\w.-]+\//.test(text)) return parseAddress(`https:${text}`);
	if (!/^https?:\/\//i.test(text)) return undefined;
	if (!/\s/.test(text)) return text;
	const isFile = /\.\w{2,5}$/.test(text.split('?', 1)[0]) && !/[\r\n]/.test(text);
	return isFile && URL.canParse(text) ? new URL(text).href : undefined;
}

function parseInlineFile(text: string): OutputFile | undefined {
	const inline = parseDataUrl(text);
	if (!inline) return undefined;
	const { mimeType, base64 } = inline;
	return { ...(mimeType && { mimeType }), base64 };
}

/** A file in base64 or, if it is longer than any hash, in hexadecimal; recognized by its first bytes. */
function parseEncodedFile(text: string): OutputFile | undefined {
	const start = text.slice(0, SIGNATURE_LENGTH * 2);
	if (start.length < SIGNATURE_LENGTH || !/^[A-Za-z0-9+/]+=*$/.test(start)) return undefined;
	const isFile = (encoding: 'base64' | 'hex') =>
		mimeTypeOfBytes(Buffer.from(start, encoding)) !== undefined;
	if (isFile('base64')) return { base64: text };
	return text.length > LONGEST_HASH && isFile('hex')
		? { base64: Buffer.from(text, 'hex').toString('base64') }
		: undefined;
}

/** In characters: SHA-512 in hexadecimal. */
const LONGEST_HASH = 128;

function parseFileObject(value: Record<string, unknown>): OutputFile | undefined {
	const declared = TYPE_KEYS.map((key) => value[key]).find(isText);
	const text = [...BASE64_KEYS, ...(declared ? ['data'] : [])]
		.map((key) => value[key])
		.find((bytes) => isText(bytes) && !parseAddress(bytes)) as string | undefined;
	const bytes = text === undefined ? undefined : (parseInlineFile(text) ?? { base64: text });
	const [reference] = isText(value.url) ? parseLink(value.url) : [];
	if (!reference && !bytes) return undefined;
	return {
		...reference,
		...bytes,
		mimeType: declared ? normalizeMimeType(declared) : (bytes?.mimeType ?? reference?.mimeType),
		fileName: [value.file_name, value.filename].find(isText),
	};
}

/** Like `parseReference`, but the URL may also be a path on the API's host. */
const parseLink = (text: string): OutputFile[] =>
	/^\/[^/\s]\S*\.\w{2,5}$/.test(text.split('?', 1)[0]) ? [{ url: text }] : parseReference(text);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
