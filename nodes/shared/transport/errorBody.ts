import { isRecord, tryParse } from '../json';

/** In characters; only the start of a page or a message is read. */
const MAX_PAGE_LENGTH = 8_192;
const MAX_MESSAGE_LENGTH = 500;

/**
 * The message in an error body of any form: the documented `{message, requestId, …}`, a list of field
 * errors, JSON of an upstream provider embedded in the message, plain text, or a proxy's HTML page. Never
 * throws; at most 500 characters.
 *
 * @returns '' if there is no message
 */
export function parseErrorMessage(text: string): string {
	return toLine(isPage(text) ? textOfPage(text) : messageInText(text.trim(), 0));
}

/** The same for a parsed body. A choice that failed without a message gets a generic one. */
export function parseBodyMessage(body: unknown): string {
	const failed = isRecord(body) ? choicesOf(body).find(failsChoice) : undefined;
	const message = toLine(messageInValue(body, 0)) || toLine(messageInValue(failed, 0));
	return message || (failed ? 'The provider reported an error' : '');
}

/** One line of at most 500 characters. */
function toLine(message: string): string {
	const line = message
		.slice(0, MAX_PAGE_LENGTH)
		.replace(/\p{Cc}+/gu, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
	return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH - 1)}…` : line;
}

/** Whether a body is HTML or XML, which only proxies and gateways send. */
export const isPage = (text: string): boolean => /^<[a-z!?]/i.test(text.slice(0, 200).trimStart());

function textOfPage(text: string): string {
	const page = text.slice(0, MAX_PAGE_LENGTH);
	const named = ['title', 'h1', 'message'].map((tag) => contentOfTag(page, tag)).find(Boolean);
	return named ?? withoutTags(page);
}

/** The content of the first tag of that name, up to the next tag. */
function contentOfTag(page: string, tag: string): string {
	const start = page.toLowerCase().indexOf(`<${tag}`);
	const open = start < 0 ? -1 : page.indexOf('>', start);
	if (open < 0) return '';
	const [content] = page.slice(open + 1).split('<', 1);
	return content.trim();
}

const withoutTags = (page: string): string =>
	page
		.split('<')
		.map((part, index) => (index ? part.slice(part.indexOf('>') + 1) : part))
		.join(' ')
		.trim();

/** How deeply objects, lists and JSON strings may be nested, and how many errors of a list are read. */
const MAX_DEPTH = 12;
const MAX_ENTRIES = 20;

/** Text that may be JSON, or contain an object after a few words, e.g. `400 {"error":…}`. */
function messageInText(text: string, depth: number): string {
	if (depth > MAX_DEPTH) return text;
	const parsed = tryParse(text.slice(startOfJson(text)));
	if (parsed === undefined) return text;
	return messageInValue(parsed, depth + 1) || text;
}

function startOfJson(text: string): number {
	if (text.startsWith('[')) return 0;
	const object = text.indexOf('{');
	const list = text.lastIndexOf('[', object);
	return list >= 0 && text.slice(list + 1, object).trim() === '' ? list : Math.max(object, 0);
}

function messageInValue(value: unknown, depth: number): string {
	if (typeof value === 'string') return messageInText(value, depth);
	if (depth > MAX_DEPTH) return '';
	if (Array.isArray(value)) {
		return joinUnique(value.slice(0, MAX_ENTRIES).map((entry) => toFieldError(entry, depth)));
	}
	if (!isRecord(value)) return '';

	const main = MESSAGES.map((key) => messageInValue(value[key], depth + 1)).find(Boolean);
	const fields = [toEntries(value.errors), value.issues, value.details]
		.filter(Array.isArray)
		.map((entries) => messageInValue(entries, depth + 1));
	// Routers put the provider's own error here, beside `Provider returned error`.
	const raw = isRecord(value.metadata) ? messageInValue(value.metadata.raw, depth + 1) : '';
	return joinUnique([main ?? '', raw, ...fields]);
}

/** The properties that may hold the message, the best first. */
const MESSAGES = [
	...['message', 'error', 'detail', 'error_message', 'error_msg', 'errorMessage', 'status_msg'],
	...['msg', 'Message', 'reason', 'title', 'name'],
];

/** An object with the errors of each field, as web frameworks send it, as a list. */
const toEntries = (errors: unknown): unknown =>
	isRecord(errors) ? Object.entries(errors).map(([path, message]) => ({ path, message })) : errors;

/** An entry of a list of errors, with its field. */
function toFieldError(entry: unknown, depth: number): string {
	const message = messageInValue(entry, depth + 1);
	const steps = isRecord(entry) ? [entry.path ?? entry.loc ?? []].flat() : [];
	const path = steps.filter((step) => ['string', 'number'].includes(typeof step)).join('.');
	const isNamed = message.split(/[^\w.]+/).includes(path);
	return path && !isNamed ? `${path}: ${message}` : message;
}

/** Joins texts with '; ', without repetitions. */
function joinUnique(texts: string[]): string {
	const parts: string[] = [];
	for (const text of texts) {
		if (text && !parts.some((part) => part.includes(text))) parts.push(text);
	}
	return parts.join('; ');
}

/**
 * Whether a body under HTTP 2xx, or an event of a stream, reports an error: `{error}`, `{errors}`,
 * `{status: 'error'}`, `{success: false}`, a `code` or `statusCode` of 400 and more, MiniMax's
 * `base_resp`, also in a choice of a chat completion.
 */
export function reportsError(body: unknown): boolean {
	if (Array.isArray(body)) return body.length > 0 && body.every(isErrorEntry);
	if (!isRecord(body)) return false;
	const choices = choicesOf(body);
	if (choices.length && choices.every(failsChoice)) return true;
	return isErrorEntry(body) && !choices.some(isComplete);
}

/** Whether a choice has content and a finish reason, so that an error in it is only a warning. */
function isComplete(choice: Record<string, unknown>): boolean {
	const { message, text, finish_reason: reason } = choice;
	const content = isRecord(message) ? [message.content, message.tool_calls] : [message, text];
	return isSomething(reason) && isSomething(content);
}

function isErrorEntry(body: unknown): boolean {
	if (!isRecord(body)) return false;
	const { error, errors, status, type, object, success, base_resp: base } = body;
	return (
		isSomething(error) ||
		(Array.isArray(errors) && isSomething(errors) && body.data === undefined) ||
		[status, type, object].some((word) => String(word).toLowerCase() === 'error') ||
		(success === false && parseBodyMessage(body) !== '') ||
		firstOf([body.statusCode, body.status_code, body.code, status], statusOf) !== undefined ||
		(isRecord(base) && Number(base.status_code ?? 0) !== 0)
	);
}

/** Whether a choice of a chat completion is an error. */
export const failsChoice = (choice: Record<string, unknown>): boolean =>
	isSomething(choice.error) ||
	[choice.finish_reason, choice.native_finish_reason].some(
		(reason) => String(reason).toLowerCase() === 'error',
	);

const choicesOf = ({ choices }: Record<string, unknown>): Array<Record<string, unknown>> =>
	Array.isArray(choices) ? choices.filter(isRecord) : [];

/** Whether a value says anything: an `error` of `null`, `''`, `{}` or `{code: 0}` is no error. */
export const isSomething = (value: unknown, depth = 0): boolean =>
	typeof value === 'object' && value !== null
		? depth > MAX_DEPTH || Object.values(value).some((inner) => isSomething(inner, depth + 1))
		: Boolean(value);

/** A number, or its text, as an HTTP error status. */
function statusOf(value: unknown): number | undefined {
	const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
	const isStatus = typeof status === 'number' && status >= 400 && status < 600;
	return isStatus ? Math.floor(status) : undefined;
}

/** Providers' names of errors, in lower case and letters only, by their HTTP status. */
const ERROR_NAMES: Array<[number, string[]]> = [
	[400, ['invalidrequesterror', 'invalidargument', 'badrequest', 'validationerror']],
	[401, ['authenticationerror', 'unauthenticated', 'unauthorized', 'invalidapikey']],
	[402, ['insufficientcredits', 'paymentrequired']],
	[403, ['permissionerror', 'permissiondenied', 'forbidden']],
	[404, ['notfounderror', 'notfound', 'modelnotfound']],
	[429, ['ratelimiterror', 'ratelimitexceeded', 'ratelimited', 'resourceexhausted']],
	[429, ['toomanyrequests', 'insufficientquota']],
	[500, ['apierror', 'internal', 'internalerror', 'internalservererror', 'servererror']],
	[502, ['badgateway']],
	[503, ['overloaded', 'overloadederror', 'serveroverloaded', 'unavailable', 'serviceunavailable']],
	[504, ['timeout', 'timeouterror', 'deadlineexceeded', 'gatewaytimeout']],
];

function statusOfName(value: unknown): number | undefined {
	if (typeof value !== 'string' || value.length > 100) return undefined;
	const letters = value.toLowerCase().replace(/[^a-z]/g, '');
	return ERROR_NAMES.find(([, names]) => names.includes(letters))?.[0];
}

/**
 * The HTTP status in an error body: in front of the message, as upstream providers write it
 * (`400 Unable to access model`), as a code, or as a provider's name of the error.
 *
 * @returns `undefined` if there is none
 */
export function parseNamedStatus(body: unknown): number | undefined {
	const holders = holdersOf(body, 0);
	const values = holders.flatMap((holder) => CODES.map((name) => holder[name]));
	const message = typeof body === 'string' ? parseErrorMessage(body) : parseBodyMessage(body);
	return leadingStatus(message) ?? firstOf(values, statusOf) ?? firstOf(values, statusOfName);
}

const CODES = ['code', 'status', 'statusCode', 'status_code', 'http_code', 'type', 'name'];

/** The objects that may contain the code, the innermost first, since it is the original error. */
function holdersOf(value: unknown, depth: number): Array<Record<string, unknown>> {
	const parsed = typeof value === 'string' ? tryParse(value.slice(startOfJson(value))) : value;
	const body = Array.isArray(parsed) ? (parsed as unknown[])[0] : parsed;
	if (!isRecord(body) || depth > MAX_DEPTH) return [];
	const inner = [body.error, body.message, body.detail, ...choicesOf(body).slice(0, 1)];
	return [...inner.flatMap((part) => holdersOf(part, depth + 1)), body];
}

const firstOf = (
	values: unknown[],
	toStatus: (value: unknown) => number | undefined,
): number | undefined => values.map(toStatus).find((status) => status !== undefined);

/** The status in front of a message. A number before lower-case words (`500 characters`) is none. */
function leadingStatus(message: string): number | undefined {
	const words = message.slice(0, 60).split(/[\s:,;()/-]+/);
	const at = words.findIndex((word) => !INTRODUCTIONS.includes(word.toLowerCase()));
	const next = words[at + 1] ?? '';
	return /^[a-z]/.test(next) ? undefined : statusOf(words[at]);
}

const INTRODUCTIONS = ['', 'http', 'error', 'status', 'code', 'api', 'upstream', 'request'];
