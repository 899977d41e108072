import type { ApiErrorInfo, ApiErrorKind } from '../errors/ApiError';
import { isRecord, toNumber } from '../json';
import type { ApiResponse } from './apiResponse';
import {
	isPage,
	parseBodyMessage,
	parseErrorMessage,
	parseNamedStatus,
	reportsError,
} from './errorBody';

const KEYS_PAGE = 'https://aimlapi.com/app/keys';
const BILLING_PAGE = 'https://aimlapi.com/app/billing';

/**
 * The error of a response, by the API's error table. A status named in the body wins: under HTTP 2xx, and
 * if an upstream provider's error is passed on as HTTP 400 or 5xx.
 *
 * @returns `undefined` if the response is a success
 */
export function errorFromResponse(response: ApiResponse, model: string): ApiErrorInfo | undefined {
	if (!response.isSuccess) {
		const message = parseErrorMessage(response.text);
		return describe(providersStatus(response), message, response, model);
	}
	if (isPage(response.start)) return errorOfPage(response, model);
	return reportsError(response.json) ? errorInBody(response.json, response, model) : undefined;
}

/**
 * The error in a JSON body or event under HTTP 2xx. For a job with an ID it is final, since starting
 * another job would be charged again.
 */
export function errorInBody(body: unknown, response: ApiResponse, model: string): ApiErrorInfo {
	const named = isJob(body) ? undefined : parseNamedStatus(body);
	const message = parseBodyMessage(body) || parseErrorMessage(response.text);
	return describe(named, message, response, model);
}

/** Whether a body is about a job, so that an error in it is the job's. */
export const isJob = (body: unknown): boolean =>
	isRecord(body) &&
	[body.id, body.generation_id].some((id) => ['string', 'number'].includes(typeof id)) &&
	typeof body.status === 'string';

/** A web page under HTTP 2xx is an error if it names a status; otherwise it may be the result. */
function errorOfPage(response: ApiResponse, model: string): ApiErrorInfo | undefined {
	const message = parseErrorMessage(response.text);
	const named = parseNamedStatus(message);
	return named === undefined ? undefined : describe(named, message, response, model);
}

/** The status of an upstream provider that the body of a 400 or 5xx names, or else the HTTP status. */
function providersStatus({ status, json }: ApiResponse): number {
	const named = parseNamedStatus(json);
	if (named === undefined) return status;
	const isPassedOn =
		status === 400 ? [429, 500, 502, 503, 504].includes(named) : status >= 500 && named < 500;
	return isPassedOn ? named : status;
}

const OUT_OF_CREDITS = /out of credits|top up|insufficient (account )?(credits?|balance|funds)/i;
const QUOTA =
	/free.?tier limit|quota|exceeded your current|(daily|weekly|monthly|spending|hard) ([a-z]+ )?limit/i;
/** Also what Vertex AI says of its limits per minute. */
const TEMPORARY =
	/per (second|minute)|(retry|try again) (in|after)|e\.g\. check quota|per_base_model/i;

/** Messages that refuse only this model, so that another one may work. */
const NO_MODEL_ACCESS =
	/(?:unable|allowed|permitted|permission|authorized|have)(?: to)? access(?: to)?(?: the| this)? model/i;

const FLAGGED = /moderation|content.?(policy|filter)|safety system|flagged/i;

function kindOfStatus(status: number | undefined, message: string): ApiErrorKind {
	const isQuotaSpent = QUOTA.test(message) && !TEMPORARY.test(message);
	if (NO_MODEL_ACCESS.test(message)) return 'modelForbidden';
	switch (status) {
		case undefined:
			return isQuotaSpent || OUT_OF_CREDITS.test(message) ? 'quotaSpent' : 'failed';
		case 401:
			return 'unauthorized';
		case 402:
			return 'noCredits';
		case 403:
			if (OUT_OF_CREDITS.test(message)) return 'noCredits';
			if (FLAGGED.test(message)) return 'refused';
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

/** @param status what decides the kind of error; absent if a body under HTTP 2xx names none */
function describe(
	status: number | undefined,
	message: string,
	response: ApiResponse,
	model: string,
): ApiErrorInfo {
	const kind = kindOfStatus(status, message);
	const httpStatus = response.status < 400 ? (status ?? response.status) : response.status;
	const isFromGateway = isPage(response.start) && status !== 413;
	return {
		kind,
		message:
			message && message !== '-' ? message : `The API answered with HTTP status ${httpStatus}`,
		description: isFromGateway ? STEP_FOR_PAGE : nextStep(kind, status, model, message),
		httpStatus,
		requestId: response.requestId,
		retryAfter: getRetryAfter(response) ?? parseWait(message),
	};
}

const STEP_FOR_PAGE =
	"This page comes from a proxy or gateway in front of the API. Run again in a few minutes. If it keeps happening, check 'Base URL' in the credential and any proxy between n8n and the API.";

const CONTEXT_TOO_LONG =
	/context.?(length|window)|maximum context|(prompt|input|messages?) (is|are) too long|too many (input )?tokens/i;

function nextStep(
	kind: ApiErrorKind,
	status: number | undefined,
	model: string,
	message: string,
): string {
	switch (kind) {
		case 'unauthorized':
			return `The API key isn't valid. Open the credential and enter a key from ${KEYS_PAGE}.`;
		case 'noCredits':
			return `The account has no credits left. Top up at ${BILLING_PAGE}, then run again.`;
		case 'forbidden':
			return `The key is valid but not allowed to do this. Check its scopes at ${KEYS_PAGE}.`;
		case 'modelForbidden':
			return `The key isn't allowed to use ${model ? `the model ${model}` : 'this model'}. Choose another one from the list in 'Model', or check the key's scopes at ${KEYS_PAGE}.`;
		case 'notFound':
			return model
				? `Choose a model from the list in 'Model'. ${model} may be misspelled, renamed or retired.`
				: 'Nothing was found under this ID. Check the ID.';
		case 'quotaSpent':
			return `A quota of the account is used up, so trying again soon does not help. Check limits and balance at ${BILLING_PAGE}.`;
		case 'rateLimited':
			return "The API limits the rate of requests. Lower 'Items in Parallel' in 'Options', or the batch size of the agent or chain, or run again later.";
		case 'unavailable':
			return 'The API or the model is overloaded or under maintenance. Run again in a few minutes, or choose another model.';
		case 'failed':
			return model
				? `The model ${model} reported this error. Change the request, or choose another model.`
				: 'The API reported this error.';
		default:
			if (CONTEXT_TOO_LONG.test(message)) {
				return `The conversation is longer than ${model} supports. Send less: fewer or shorter messages, tool results or files, a smaller chat memory; or choose a model with a longer context.`;
			}
			if (FLAGGED.test(message)) {
				return 'The content filter of the provider rejected the request. Change the prompt or the files, or choose another model.';
			}
			return status === 413
				? 'The request is too large. Send smaller or fewer files, or shorter messages.'
				: `The API rejected the request. Check the fields that the message names${model && ", in 'Model Parameters' and 'Extra Body'"}.`;
	}
}

const RUN_AGAIN =
	'The call may have been charged. Run again; if it keeps happening, look for a proxy between n8n and the API.';

/** An event with invalid data, so that a part of the answer is missing. */
export const brokenEventError = (data: string): ApiErrorInfo => ({
	kind: 'brokenAnswer',
	message: 'Part of the answer arrived damaged',
	description: `${RUN_AGAIN} The damaged part: ${data.slice(0, 200)}`,
});

/** A stream that ended without marking the answer as complete. */
export const incompleteAnswerError = ({ status, requestId }: ApiResponse): ApiErrorInfo => ({
	kind: 'brokenAnswer',
	message: 'The answer ended before it was complete',
	description:
		'The call may have been charged. Run again; if it keeps happening, look for a proxy that closes long connections.',
	httpStatus: status,
	requestId,
});

/** A file that its server refuses to send. */
export function fileDownloadError(status: number, url: string): ApiErrorInfo {
	return {
		kind: status === 429 || status >= 500 ? 'unavailable' : 'refused',
		message: `The file at ${url} can't be fetched (HTTP status ${status})`,
		description:
			'The URL may have expired or need a login. If it is a file to send, send it as binary data instead.',
		httpStatus: status,
	};
}

/** A JSON response without a documented property. */
export function unexpectedResponseError(response: ApiResponse, missing: string): ApiErrorInfo {
	return {
		kind: 'unusableAnswer',
		message: `The answer has no ${missing}`,
		description: `The API may have changed; look for a newer version of this node. It answered: ${response.text.slice(0, 300)}`,
		httpStatus: response.status,
		requestId: response.requestId,
	};
}

/** A 2xx response that isn't valid JSON although the endpoint returns JSON. */
export function invalidResponseError(response: ApiResponse): ApiErrorInfo {
	const start = parseErrorMessage(response.text).slice(0, 200);
	return {
		kind: 'brokenAnswer',
		message: start ? `The answer is not valid JSON: ${start}` : 'The answer is empty',
		description: RUN_AGAIN,
		httpStatus: response.status,
		requestId: response.requestId,
	};
}

/** The seconds to wait before a retry. `retry-after-ms` is what gateways of OpenAI models send. */
function getRetryAfter(response: ApiResponse): number | undefined {
	const milliseconds = toNumber(response.header('retry-after-ms'));
	if (milliseconds !== undefined) return Math.max(0, milliseconds / 1000);
	// The clocks of the server and of n8n may differ.
	const now = Date.parse(response.header('date') ?? '');
	return parseRetryAfter(response.header('retry-after'), Number.isNaN(now) ? undefined : now);
}

/** The wait in seconds that a message asks for, as providers behind the API do: `try again in 1m2.5s`. */
export function parseWait(message: string): number | undefined {
	const asked = WAIT.exec(message)?.[1].toLowerCase();
	const figures = asked?.match(/[\d.]+/g)?.map(Number);
	const units = asked?.match(/[a-z]+/g) ?? [];
	return figures?.reduce((sum, figure, part) => sum + figure * SECONDS_PER[units[part]], 0);
}

const WAIT = /(?:retry|try again) (?:in|after) ((?:\d+(?:\.\d+)? ?(?:ms|milli|[hms]))+)/i;
const SECONDS_PER: Record<string, number> = { ms: 0.001, milli: 0.001, s: 1, m: 60, h: 3600 };

/**
 * The `Retry-After` header in seconds (RFC 9110, section 10.2.3): a number of seconds, with or without
 * the unit, or a date. Of several numbers, as when two servers add the header, the first counts.
 *
 * @returns `undefined` if it is absent or invalid; never negative
 */
export function parseRetryAfter(value = '', now = Date.now()): number | undefined {
	const [first] = value.split(',');
	const seconds = toNumber(first.trim().replace(/s$/, '')) ?? (Date.parse(value) - now) / 1000;
	return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
