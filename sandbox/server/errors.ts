/** The API's own words, from its errors page; for `FaultRule.do.message` as well. */
export const ERROR_MESSAGES = {
	invalidKey:
		'This request requires a valid API key. You can create a new API key on the Billing page: https://aimlapi.com/app/keys',
	noCredits:
		"You've run out of credits. Please top up your balance or update your payment method to continue: https://aimlapi.com/app/billing/",
	freeTierLimit:
		"Free-tier limit: You've reached your free limit for the hour. Get AI/ML API Subscription to use the API.",
	maintenance:
		'The model is under maintenance, please contact us for more details: https://aimlapi.com/contact',
} as const;

const MESSAGE_BY_STATUS: Record<number, string> = {
	400: 'Bad Request',
	401: ERROR_MESSAGES.invalidKey,
	403: ERROR_MESSAGES.noCredits,
	404: 'Not Found',
	408: 'Request Timeout',
	413: 'Payload Too Large',
	425: 'Too Early',
	429: 'Too Many Requests',
	500: 'Internal server error',
	502: 'Bad Gateway',
	503: 'Service unavailable',
	504: 'Generation timeout',
};

/** A refusal: thrown anywhere in a route, answered in the API's error shape. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message?: string,
		/** Properties that come next to the documented ones. */
		readonly extra: Record<string, unknown> = {},
	) {
		super(message ?? MESSAGE_BY_STATUS[status] ?? 'Error');
	}
}

/** The refusal of a body that its schema allows, and the model does not. */
export const bodyError = (path: string, message: string): ApiError =>
	new ApiError(400, `Body validation error\n${message}`, { errors: [{ path, message }] });

/**
 * The documented error body. `statusCode` is a string on a 429 and a number otherwise: the
 * documentation's examples show both.
 */
export function errorBody(error: ApiError, path: string, requestId: string) {
	return {
		message: error.message,
		path,
		requestId,
		statusCode: error.status === 429 ? '429' : error.status,
		timestamp: new Date().toISOString(),
		...error.extra,
	};
}
