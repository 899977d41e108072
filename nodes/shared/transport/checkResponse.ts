import type { ApiErrorInfo } from '../errors/ApiError';
import { mimeTypeOfBytes } from '../mimeTypes';
import { errorFromResponse, invalidResponseError } from './apiErrors';
import type { ApiResponse } from './apiResponse';
import type { Outcome } from './retry';

/** Finds an error in a response with HTTP 2xx that is specific to an endpoint. */
export type CheckAnswer = (response: ApiResponse) => ApiErrorInfo | undefined;

/** What a response has to be. */
export interface ResponseRules {
	/** For errors: the requested model; '' for none. */
	model: string;
	/** Whether it may be anything; otherwise it must be JSON, JSON Lines, events or a known type of file. */
	acceptsAnyBody: boolean;
	/** Replaces the general rules for responses with HTTP 2xx. */
	check?: CheckAnswer;
}

/** Checks every response of the API: for errors, invalid bodies, and unexpected content. */
export function checkResponse(
	response: ApiResponse,
	{ model, acceptsAnyBody, check }: ResponseRules,
): Outcome<ApiResponse> {
	const error =
		response.isSuccess && check
			? check(response)
			: (errorFromResponse(response, model) ?? shapeError(response, acceptsAnyBody));
	return error ? { error } : { response };
}

function shapeError(response: ApiResponse, acceptsAnyBody: boolean): ApiErrorInfo | undefined {
	const isReadable =
		response.json !== undefined ||
		response.eventBody !== undefined ||
		(acceptsAnyBody ? response.bytes.length > 0 : response.jsonLines !== undefined) ||
		mimeTypeOfBytes(response.bytes) !== undefined;
	return isReadable ? undefined : invalidResponseError(response);
}
