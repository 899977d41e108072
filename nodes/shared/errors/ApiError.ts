import type { IDataObject } from 'n8n-workflow';

/**
 * Why a call brought no answer, and what follows from it. Made in `readFault`, told to the user by
 * `nodeError`; between the two, the run policy decides by `kind` whether to try again.
 */
export interface ApiErrorInfo {
	kind: ApiErrorKind;
	/** What happened, in the API's own words where it gave any. */
	message: string;
	/** What to do next. */
	description: string;
	httpStatus?: number;
	requestId?: string;
	/** Seconds the API asks to wait before the next request. */
	retryAfter?: number;
	/** Part of the answer was handed on already, so nothing else can take its place. */
	isFinal?: boolean;
	/** More that a failed item carries: the answer's raw text, what it cost. */
	details?: IDataObject;
}

export type ApiErrorKind =
	/** 401: the key is missing or wrong. */
	| 'unauthorized'
	/** 402 or 403: nothing left to pay with. */
	| 'noCredits'
	/** 403: the key lacks the scope. */
	| 'forbidden'
	/** The key may not use this model; another may do. */
	| 'modelForbidden'
	/** 404: the model or path does not exist, or no longer. */
	| 'notFound'
	/** Any other 4xx: the request itself is refused. */
	| 'refused'
	/** 429: too many requests for now. */
	| 'rateLimited'
	/** 429 or 403: a quota is spent, so waiting some seconds does not help. */
	| 'quotaSpent'
	/** 408, 425, 5xx. */
	| 'unavailable'
	/** The server was not reached, so nothing was started. */
	| 'unreachable'
	/** It cannot be sent as things are set up: address, certificate, redirect. Nothing was started. */
	| 'unsendable'
	/** No answer within the time-out. */
	| 'timedOut'
	/** The connection broke, or the answer is cut or no JSON: it may have been paid for. */
	| 'brokenAnswer'
	/** The answer or file is larger than what is read. */
	| 'tooLarge'
	/** HTTP 200, but the body reports an error. */
	| 'failed'
	/** The answer came whole and says nothing: no text, no call of a tool, no file. */
	| 'emptyAnswer'
	/** The answer came and is not what was asked for. */
	| 'unusableAnswer'
	/** The run has spent what it may; nothing was sent. */
	| 'costLimit';

/** Carries a `Fault` up to the run policy. */
export class ApiError extends Error {
	constructor(readonly info: ApiErrorInfo) {
		super(info.message);
		this.name = 'CallFailure';
	}
}
