/** The messages on the API's errors page, also for `FaultRule.do.message`. */
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

/** An error that a route throws, returned in the API's form. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message?: string,
		/** Additional properties of the body. */
		readonly extra: Record<string, unknown> = {},
	) {
		super(message ?? MESSAGE_BY_STATUS[status] ?? 'Error');
	}
}

/** The error for a body that is valid by its schema and rejected by the model. */
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
