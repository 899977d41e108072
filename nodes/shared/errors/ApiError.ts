import type { IDataObject } from 'n8n-workflow';

/**
 * Why a request failed and what to do next. Retries and fallback models depend on `kind`; `nodeError`
 * turns it into n8n's error.
 */
export interface ApiErrorInfo {
	kind: ApiErrorKind;
	/** What happened, in the API's own words if it gave any. */
	message: string;
	/** What to do next. */
	description: string;
	httpStatus?: number;
	requestId?: string;
	/** Seconds to wait before the next request, from Retry-After. */
	retryAfter?: number;
	/** Part of the response was already passed on, so no retry or fallback can replace it. */
	isFinal?: boolean;
	/** What the failed request cost, if the API reported it. */
	cost?: { usd: number; credits: number };
	/** Further properties of the failed item, e.g. the raw response or the cost. */
	details?: IDataObject;
}

export type ApiErrorKind =
	/** 401: the key is missing or wrong. */
	| 'unauthorized'
	/** 402 or 403: the account is out of credits. */
	| 'noCredits'
	/** 403: the key lacks the scope. */
	| 'forbidden'
	/** The key may not use this model, but may use others. */
	| 'modelForbidden'
	/** 404: the model or path does not exist (anymore). */
	| 'notFound'
	/** Any other 4xx, or 403 by a content filter: the request itself is rejected. */
	| 'refused'
	/** 429: too many requests for now. */
	| 'rateLimited'
	/** 429 or 403: a quota is used up, so waiting a few seconds does not help. */
	| 'quotaSpent'
	/** 408, 425, 5xx. */
	| 'unavailable'
	/** The server could not be reached, so nothing was started. */
	| 'unreachable'
	/** It can't be sent with this setup (URL, host, certificate, redirect). Nothing was started. */
	| 'unsendable'
	/** No response within the timeout. */
	| 'timedOut'
	/** The connection broke, or the response is truncated or not JSON. It may have been charged. */
	| 'brokenAnswer'
	/** The response or file exceeds the size limit. */
	| 'tooLarge'
	/** HTTP 200, but the body reports an error. */
	| 'failed'
	/** The response is complete but empty: no text, no tool call, no file. */
	| 'emptyAnswer'
	/** The response is not what was asked for, e.g. invalid JSON. */
	| 'unusableAnswer'
	/** The model called a tool with unreadable arguments; another answer may be better. */
	| 'unreadableCall'
	/** A file of the response could not be downloaded or stored, or isn't media. */
	| 'fileLost'
	/** The cost limit is reached; nothing was sent. */
	| 'costLimit';

/** A failed request, thrown up to the run policy. */
export class ApiError extends Error {
	constructor(readonly info: ApiErrorInfo) {
		super(info.message);
		this.name = 'ApiError';
	}
}

/** Returns the info of an `ApiError`. @throws any other error */
export function infoOf(error: unknown): ApiErrorInfo {
	if (error instanceof ApiError) return error.info;
	throw error;
}
