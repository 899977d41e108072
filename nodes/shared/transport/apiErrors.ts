import type { ApiErrorInfo, ApiErrorKind } from '../errors/ApiError';
import { isRecord, tryParse } from '../json';
import type { ApiResponse } from './apiResponse';

const KEYS_PAGE = 'https://aimlapi.com/app/keys';
const BILLING_PAGE = 'https://aimlapi.com/app/billing';

/**
 * The fault a response stands for, by the API's error table and, for errors with HTTP 200, by the
 * body (`{status: 'error', error}` or a bare `{error}`).
 *
 * @returns `undefined` when the response is a success
 */
export function errorFromResponse(response: ApiResponse, model: string): ApiErrorInfo | undefined {
	const { status } = response;
	if (status < 200 || status >= 300) return describeError(kindOfStatus(response), response, model);
	return reportsError(response.json) ? describeError('failed', response, model) : undefined;
}

function reportsError(body: unknown): boolean {
	if (!isRecord(body)) return false;
	const hasError = isRecord(body.error) || (typeof body.error === 'string' && body.error !== '');
	const isAnswered = Array.isArray(body.choices) && body.choices.length > 0;
	return body.status === 'error' || (hasError && !isAnswered);
}

const OUT_OF_CREDITS = /out of credits|top up|insufficient (credits?|balance|funds)/i;
const QUOTA = /free.?tier limit|quota|exceeded your current/i;
const TRANSIENT_STATUS = /per (second|minute)|(retry|try again) (in|after)/i;

function kindOfStatus({ status, bytes }: ApiResponse): ApiErrorKind {
	const message = parseErrorMessage(bytes);
	const isQuotaSpent = QUOTA.test(message) && !TRANSIENT_STATUS.test(message);
	switch (status) {
		case 401:
			return 'unauthorized';
		case 402:
			return 'noCredits';
		case 403:
			if (OUT_OF_CREDITS.test(message)) return 'noCredits';
			return isQuotaSpent ? 'quotaSpent' : 'forbidden';
		case 404:
			return 'notFound';
		case 429:
			return isQuotaSpent || OUT_OF_CREDITS.test(message) ? 'quotaSpent' : 'rateLimited';
		case 408:
		case 425:
			return 'unavailable';
		default:
			return status >= 500 ? 'unavailable' : 'refused';
	}
}

function describeError(kind: ApiErrorKind, response: ApiResponse, model: string): ApiErrorInfo {
	const { status } = response;
	const said = parseErrorMessage(response.bytes);
	return {
		kind,
		message: said && said !== '-' ? said : `The API answered with HTTP status ${status}`,
		description: isHtml(response.bytes) ? STEP_FOR_PAGE : stepFor(kind, status, model, said),
		httpStatus: status,
		requestId: response.requestId,
		retryAfter: parseRetryAfter(response.header('retry-after')),
	};
}

const STEP_FOR_PAGE =
	'This page comes from a proxy or gateway before the API, not from the API itself. Run again in a few minutes; if it stays, check the host in the credential and what stands between n8n and the API.';

const CONTEXT_TOO_LONG =
	/context.?(length|window)|maximum context|(prompt|input|messages?) (is|are) too long|too many (input )?tokens/i;

function stepFor(kind: ApiErrorKind, status: number, model: string, said: string): string {
	return kind === 'refused' && CONTEXT_TOO_LONG.test(said)
		? `The conversation is longer than the model ${model} takes. Send less: fewer or shorter messages, tool results or files, a smaller chat memory; or choose a model with a longer context.`
		: nextStep(kind, status, model);
}

function nextStep(kind: ApiErrorKind, status: number, model: string): string {
	switch (kind) {
		case 'unauthorized':
			return `The API key was not accepted. Open the credential, paste a valid key (${KEYS_PAGE}) and test it.`;
		case 'noCredits':
			return `The account has no credits left. Top up at ${BILLING_PAGE}, then run again.`;
		case 'forbidden':
			return `The key is valid but not allowed to do this. Check its scopes at ${KEYS_PAGE}.`;
		case 'notFound':
			return model
				? `The model ${model} may be misspelled, renamed or retired. Choose one from the list in 'Model', and check the host in the credential.`
				: 'The API knows nothing under this ID. Check the ID, and the host in the credential.';
		case 'quotaSpent':
			return `A quota of the account is used up, so trying again soon does not help. Check limits and balance at ${BILLING_PAGE}.`;
		case 'rateLimited':
			return "The API takes no more requests for now. Lower 'Items in Parallel' in 'Options', or the batch size of the agent or chain, or run again later.";
		case 'unavailable':
			return 'The API or the model is overloaded or under maintenance. Run again in a few minutes, or choose another model.';
		case 'failed':
			return model
				? `The model ${model} reported this error. Change the request, or choose another model.`
				: 'The API reported this error. What was asked for has failed for good.';
		default:
			return status === 413
				? 'The request is too large. Send smaller or fewer files, or shorter messages.'
				: `The API does not accept the request as it is. Check the fields that the message names${model && ", in 'Model Parameters' and 'Extra Body'"}.`;
	}
}

/** A request that got no whole answer: what `error.code` of Node.js or axios says of it. */
export function networkError(code: string, host: string, timeout: number): ApiErrorInfo {
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') {
		return {
			kind: 'timedOut',
			message: `The API did not answer within ${timeout / 1000} s`,
			description:
				"The call may have been charged. Raise 'Timeout' in 'Options', or choose a faster model.",
		};
	}
	if (NEVER_CONNECTED_CODES.has(code)) {
		return {
			kind: 'unreachable',
			message: `The API at ${host} can't be reached (${code})`,
			description: 'Check the host in the credential, and that this n8n has access to the network.',
		};
	}
	return {
		kind: 'brokenAnswer',
		message: `The connection to ${host} broke before the answer was complete${code ? ` (${code})` : ''}`,
		description:
			'The call may have been charged. Run again; if it keeps happening, look for a proxy that closes long connections.',
	};
}

/** A stream that stays open and sends nothing more. */
export function timeoutError(timeout: number): ApiErrorInfo {
	return {
		kind: 'timedOut',
		message: `The API sent nothing for ${timeout / 1000} s`,
		description:
			"The call may have been charged. Raise 'Timeout' in 'Options', or choose a faster model.",
	};
}

/** A stream that ends without saying that the answer is complete. */
export const streamError = (host: string): ApiErrorInfo => networkError('', host, 0);

/** Codes under which no connection came about, so that nothing can have been started. */
const NEVER_CONNECTED_CODES = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** A file on the web that its server does not hand out. */
export function fileDownloadError(status: number, url: string): ApiErrorInfo {
	return {
		kind: status === 429 || status >= 500 ? 'unavailable' : 'refused',
		message: `The file at ${url} can't be fetched (HTTP status ${status})`,
		description: 'Check that the address opens without a login, or send the file as binary data.',
		httpStatus: status,
	};
}

/** An answer in JSON that lacks what the endpoint documents. */
export function unexpectedResponseError(response: ApiResponse, missing: string): ApiErrorInfo {
	return {
		kind: 'unusableAnswer',
		message: `The answer has no ${missing}`,
		description: `The API may have changed; look for a newer version of this node. It answered: ${response.text.slice(0, 300)}`,
		httpStatus: response.status,
		requestId: response.requestId,
	};
}

/** A 2xx answer that is no JSON although the endpoint answers in JSON. */
export function invalidResponseError(response: ApiResponse): ApiErrorInfo {
	const said = parseErrorMessage(response.bytes);
	return {
		kind: 'brokenAnswer',
		message: said ? `The answer is not valid JSON: ${said.slice(0, 200)}` : 'The answer is empty',
		description:
			'The call may have been charged. Run again; if it keeps happening, look for a proxy between n8n and the API.',
		httpStatus: response.status,
		requestId: response.requestId,
	};
}

const MAX_MESSAGE_LENGTH = 500;

/**
 * What an error body says, in the API's own words, whatever form it has: the documented
 * `{message, requestId, …}`, a list of field errors, JSON of an upstream provider embedded in the
 * message, plain text, or a proxy's HTML page. Never throws; at most 500 characters.
 *
 * @returns '' when the body says nothing
 */
export function parseErrorMessage(bytes: Uint8Array): string {
	const text = Buffer.from(bytes).toString('utf8').trim();
	const message = isHtml(bytes) ? parseHtmlMessage(text) : parseTextMessage(text, 0);
	const line = message
		.replace(/\p{Cc}+/gu, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
	return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH - 1)}…` : line;
}

/** Whether a body is a page, as proxies and gateways send it; the API itself sends none. */
function isHtml(bytes: Uint8Array): boolean {
	const start = Buffer.from(bytes.subarray(0, 200)).toString('utf8').trim();
	return /^<(!doctype|html|head|body|\?xml)/i.test(start);
}

function parseHtmlMessage(html: string): string {
	const title = /<title[^>]*>([^<]*)</i.exec(html)?.[1] ?? /<h1[^>]*>([^<]*)</i.exec(html)?.[1];
	return (title ?? html.replace(/<[^>]*>/g, ' ')).trim();
}

/** How many objects, lists and texts with JSON in them may stand in each other. */
const MAX_DEPTH = 12;

/** Text that may be JSON, or hold an object behind a few words such as `400 {"error":…}`. */
function parseTextMessage(text: string, depth: number): string {
	if (depth > MAX_DEPTH) return text;
	const start = /^\s*[[{]/.test(text) ? 0 : text.search(/\[\s*\{|\{/);
	const parsed = start < 0 ? undefined : tryParse(text.slice(start));
	if (parsed === undefined) return text;
	return parseMessageValue(parsed, depth + 1) || text;
}

function parseMessageValue(value: unknown, depth: number): string {
	if (typeof value === 'string') return parseTextMessage(value, depth);
	if (depth > MAX_DEPTH) return '';
	if (Array.isArray(value)) return joinUnique(value.map((entry) => parseFieldError(entry, depth)));
	if (!isRecord(value)) return '';

	const main = ['message', 'error', 'detail', 'error_message', 'name']
		.map((key) => parseMessageValue(value[key], depth + 1))
		.find(Boolean);
	const fields = ['errors', 'issues', 'details']
		.filter((key) => Array.isArray(value[key]))
		.map((key) => parseMessageValue(value[key], depth + 1));
	return joinUnique([main ?? '', ...fields]);
}

/** One entry of a list of errors, with the field it is about. */
function parseFieldError(entry: unknown, depth: number): string {
	const message = parseMessageValue(entry, depth + 1);
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

/**
 * The `Retry-After` header in seconds (RFC 9110, section 10.2.3): a number of seconds or a date.
 *
 * @returns `undefined` when it is absent or makes no sense; never negative
 */
export function parseRetryAfter(value: string | undefined, now = Date.now()): number | undefined {
	if (value === undefined || value.trim() === '') return undefined;
	const seconds = /^\s*\d+(\.\d+)?\s*$/.test(value)
		? Number(value)
		: (Date.parse(value) - now) / 1000;
	return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
