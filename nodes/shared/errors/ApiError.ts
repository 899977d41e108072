import type { IDataObject } from 'n8n-workflow';

/**
 * Why a request failed and what to do next. Created in `transport/apiErrors`, shown to the user by
 * `nodeError`; in between, the run policy decides by `kind` whether to retry.
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
	/** What the request cost all the same, as far as the API told. */
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
	/** Any other 4xx: the request itself is rejected. */
	| 'refused'
	/** 429: too many requests for now. */
	| 'rateLimited'
	/** 429 or 403: a quota is used up, so waiting a few seconds does not help. */
	| 'quotaSpent'
	/** 408, 425, 5xx. */
	| 'unavailable'
	/** The server could not be reached, so nothing was started. */
	| 'unreachable'
	/** It can't be sent with this setup (URL, certificate, redirect). Nothing was started. */
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
	/** A model called a tool in a way that cannot be read; another answer may be better. */
	| 'unreadableCall'
	/** The response came, but a file of it could not be fetched or stored, or is no file. */
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

/** What an `ApiError` says. @throws any other error as it is */
export function infoOf(error: unknown): ApiErrorInfo {
	if (error instanceof ApiError) return error.info;
	throw error;
}
