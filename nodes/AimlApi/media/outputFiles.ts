import { isRecord } from '../../shared/json';
import {
	mimeTypeOfBytes,
	normalizeMimeType,
	parseDataUrl,
	SIGNATURE_LENGTH,
} from '../../shared/mimeTypes';

/** A file that a response links to or contains. */
export interface OutputFile {
	/** http(s) URL; absent if the response contains the file. */
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
	...['meta', 'metadata', 'usage', 'error', 'errors', 'logs', 'metrics', 'model', 'id'],
	...['request', 'input', 'inputs', 'params', 'parameters', 'settings', 'options', 'config'],
	...['urls', 'links', '_links', 'webhook', 'webhooks', 'callback', 'docs'],
]);

/**
 * Words in the names of URLs that are not results: where to poll or cancel the job, webhooks, and the
 * user's own input.
 */
const METADATA_WORDS = new Set([
	...['get', 'cancel', 'status', 'response', 'poll', 'polling', 'queue', 'self', 'web', 'webhook'],
	...['callback', 'notify', 'docs', 'documentation', 'help', 'terms', 'license', 'homepage'],
	...['prompt', 'text', 'title', 'caption', 'description', 'message', 'lyrics', 'script'],
	...['input', 'source', 'reference', 'init', 'original', 'request', 'error', 'log', 'logs'],
]);

const BASE64_KEYS = ['b64_json', 'base64', 'image_base64'];

/**
 * The files of a response, in order, wherever they are: the models use `data`, `images`, `video`,
 * `audio_file`, `model_mesh` and more, as objects, lists or plain URLs.
 */
export function findOutputFiles(body: unknown): OutputFile[] {
	const seen = new Set<string>();
	return collectFiles(body).filter(({ url, base64 }) => {
		const key = url ?? base64 ?? '';
		return !seen.has(key) && seen.add(key);
	});
}

/** Iterative, since a response may be nested deeper than the call stack allows. */
function collectFiles(body: unknown): OutputFile[] {
	const found: OutputFile[] = [];
	const left: unknown[] = [body];
	while (left.length) {
		const value = left.pop();
		if (typeof value === 'string') found.push(...parseReference(value));
		else if (Array.isArray(value)) pushReversed(left, value);
		else if (isRecord(value)) {
			const own = parseFileObject(value);
			if (own) found.push(own);
			else pushReversed(left, outputsOf(value));
		}
	}
	return found;
}

/** One by one, since the number of arguments of a call is limited. */
function pushReversed(left: unknown[], values: unknown[]): void {
	for (const value of values.toReversed()) left.push(value);
}

const outputsOf = (value: Record<string, unknown>): unknown[] =>
	Object.entries(value)
		.filter(([key, entry]) => !METADATA_KEYS.has(key) && !isAboutTheCall(key, entry))
		.map(([, entry]) => entry);

const isAboutTheCall = (key: string, value: unknown): boolean =>
	typeof value === 'string' && wordsOf(key).some((word) => METADATA_WORDS.has(word));

/** 'statusUrl' and 'status_url' → ['status', 'url'] */
const wordsOf = (key: string): string[] =>
	key
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);

function parseReference(text: string): OutputFile[] {
	const url = parseAddress(text);
	if (url) return [{ url }];
	const inline = parseInlineFile(text);
	if (inline) return [inline];
	return isFileInBase64(text) ? [{ base64: text }] : [];
}

/** A URL; spaces in it are allowed if it ends with a file extension. */
function parseAddress(text: string): string | undefined {
	if (!/^https?:\/\//i.test(text)) return undefined;
	if (!/\s/.test(text)) return text;
	const isFile = /\.\w{2,5}$/.test(text.trim().split('?', 1)[0]) && !/[\r\n]/.test(text.trim());
	return isFile && URL.canParse(text) ? new URL(text).href : undefined;
}

function parseInlineFile(text: string): OutputFile | undefined {
	const inline = parseDataUrl(text);
	if (!inline) return undefined;
	const { mimeType, base64 } = inline;
	return { ...(mimeType && { mimeType }), base64 };
}

/** Whether a text is a file in base64, judged by its first bytes. */
function isFileInBase64(text: string): boolean {
	const start = text.slice(0, SIGNATURE_LENGTH * 2);
	if (start.length < SIGNATURE_LENGTH || !/^[A-Za-z0-9+/]+=*$/.test(start)) return false;
	return mimeTypeOfBytes(Buffer.from(start, 'base64')) !== undefined;
}

function parseFileObject(value: Record<string, unknown>): OutputFile | undefined {
	const text = BASE64_KEYS.map((key) => value[key]).find(isText);
	const bytes = text === undefined ? undefined : (parseInlineFile(text) ?? { base64: text });
	const [reference] = isText(value.url) ? parseReference(value.url) : [];
	if (!reference && !bytes) return undefined;
	const declared = [value.content_type, value.mime_type].find(isText);
	return {
		...reference,
		...bytes,
		mimeType: declared ? normalizeMimeType(declared) : (bytes?.mimeType ?? reference?.mimeType),
		fileName: [value.file_name, value.filename].find(isText),
	};
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
