import fc from 'fast-check';
import { ApiResponse } from '../../../../nodes/shared/transport/apiResponse';
import { ApiError, type ApiErrorInfo } from '../../../../nodes/shared/errors/ApiError';
import { toFailedItem, toNodeError } from '../../../../nodes/shared/errors/nodeError';
import {
	errorFromResponse,
	invalidResponseError,
	parseRetryAfter,
	parseWait,
} from '../../../../nodes/shared/transport/apiErrors';

const respond = (status: number, body: unknown, headers: Record<string, unknown> = {}) =>
	new ApiResponse(
		status,
		headers,
		Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
	);
const errorOf = (...response: Parameters<typeof respond>) =>
	errorFromResponse(respond(...response), 'vendor/model');

test.each([
	[400, 'Body validation error!', 'refused'],
	[400, 'Your balance of tokens is off', 'refused'],
	[
		401,
		'This request requires a valid API key. You can create one on the Billing page',
		'unauthorized',
	],
	[402, 'Payment Required', 'noCredits'],
	[403, "You've run out of credits. Please top up your balance", 'noCredits'],
	[403, 'Forbidden resource', 'forbidden'],
	[403, 'Your input was flagged by the moderation of this provider', 'refused'],
	[403, 'Monthly quota of this key is exceeded', 'quotaSpent'],
	[404, '-', 'notFound'],
	[408, 'Request Timeout', 'unavailable'],
	[409, 'Conflict', 'refused'],
	[413, 'Payload Too Large', 'refused'],
	[422, 'Unprocessable Entity', 'refused'],
	[425, 'Too Early', 'unavailable'],
	[429, 'Too Many Requests', 'rateLimited'],
	[429, "Free-tier limit: You've reached your free limit for the hour", 'quotaSpent'],
	[429, 'You exceeded your current quota, please check your plan', 'quotaSpent'],
	[429, 'Insufficient credits', 'quotaSpent'],
	[429, 'Insufficient account balance', 'quotaSpent'],
	[429, 'You have reached your daily request limit', 'quotaSpent'],
	[429, 'Billing hard limit has been reached', 'quotaSpent'],
	[500, 'The model is under maintenance', 'unavailable'],
	[502, 'Bad Gateway', 'unavailable'],
	[503, 'Service unavailable', 'unavailable'],
	[504, 'Generation timeout', 'unavailable'],
	[529, 'Overloaded', 'unavailable'],
	[302, 'Found', 'refused'],
])('status and message decide the kind of error: %d %s', (status, message, kind) => {
	expect(errorOf(status, { message, statusCode: status })?.kind).toBe(kind);
});

describe('an error', () => {
	test("an error has the API's message, request ID and time to wait", () => {
		const body = { message: 'Too Many Requests', requestId: 'req-1', statusCode: '429' };
		expect(errorOf(429, body, { 'retry-after': '7' })).toMatchObject({
			kind: 'rateLimited',
			message: 'Too Many Requests',
			httpStatus: 429,
			requestId: 'req-1',
			retryAfter: 7,
		});
	});

	test('an error prefers the request id of the headers', () => {
		const body = { message: 'x', requestId: 'of the body' };
		expect(errorOf(500, body, { 'x-inference-id': 'of the header' })?.requestId).toBe(
			'of the header',
		);
	});

	test.each([['-'], [''], [' ']])(
		'an error has the status as its message where the API says %j',
		(message) => {
			expect(errorOf(404, message)?.message).toBe('The API answered with HTTP status 404');
		},
	);

	test('an error is read from the page of a proxy', () => {
		expect(errorOf(502, '<html><title>502 Bad Gateway</title></html>')).toMatchObject({
			kind: 'unavailable',
			message: '502 Bad Gateway',
			description: expect.stringContaining('comes from a proxy or gateway'),
		});
	});

	test.each([
		[401, 'https://aimlapi.com/app/keys'],
		[402, 'https://aimlapi.com/app/billing'],
		[403, 'Check its scopes'],
		[404, 'Choose a model from the list'],
		[413, 'Send smaller or fewer files'],
		[429, "Lower 'Items in Parallel'"],
		[400, 'Check the fields that the message names'],
		[503, 'Run again in a few minutes'],
	])('an error with status %d says what to do next', (status, advice) => {
		expect(errorOf(status, 'x')?.description).toContain(advice);
	});
});

test.each([
	[400, 'Your request was rejected as a result of our safety system'],
	[403, 'Your input was flagged by the moderation of this provider'],
])('a content filter with status %d is named as the cause: %s', (status, message) => {
	expect(errorOf(status, { message })?.description).toContain('Change the prompt or the files');
});

describe('an answer with HTTP 200', () => {
	test.each<[string, unknown, string]>([
		[
			'reports that the job failed',
			{ id: '1', status: 'error', error: { name: 'Error', message: 'Flagged' } },
			'Flagged',
		],
		['reports an error as text', { error: 'Flagged' }, 'Flagged'],
		[
			"reports an error that has the name of an object's own property",
			{ error: { type: 'constructor', message: 'Flagged' } },
			'Flagged',
		],
		['reports an error and nothing else', { error: { message: 'Flagged' } }, 'Flagged'],
		[
			'reports a failed job without words',
			{ status: 'error', error: null },
			'{"status":"error","error":null}',
		],
	])('an answer with HTTP 200 is an error when it %s', (_, body, message) => {
		expect(errorOf(200, body)).toMatchObject({ kind: 'failed', message, httpStatus: 200 });
	});

	test.each<[string, unknown]>([
		['has an answer', { choices: [] }],
		['says that there is no error', { status: 'completed', error: null }],
		['says so with an empty text', { data: [], error: '' }],
		[
			'has an answer beside an error',
			{ choices: [{ message: { content: 'A' }, finish_reason: 'stop' }], error: { message: 'x' } },
		],
		['is a sound', 'RIFF....WAVE'],
		['is empty', ''],
	])('an answer with HTTP 200 is no error when it %s', (_, body) => {
		expect(errorOf(200, body)).toBeUndefined();
	});

	test.each([200, 201, 204])('every other success (%d) is no error', (status) => {
		expect(errorOf(status, {})).toBeUndefined();
	});
});

test.each([
	['{"choices":[{"mess', 'The answer is not valid JSON: {"choices":[{"mess'],
	['<html><title>Sign in</title></html>', 'The answer is not valid JSON: Sign in'],
	[' ', 'The answer is empty'],
])("an answer that can't be read, %j, may have been charged", (body, message) => {
	expect(invalidResponseError(respond(200, body))).toMatchObject({
		kind: 'brokenAnswer',
		message,
		httpStatus: 200,
		description: expect.stringContaining('may have been charged') as string,
	});
});

test.each([
	[403, 'Insufficient permissions: the key has no scope model:image', 'forbidden'],
	[429, 'Upstream load balancer is busy', 'rateLimited'],
	[
		429,
		'Rate limit reached for requests per minute. Raise it at https://platform.example/account/billing',
		'rateLimited',
	],
	[429, 'Quota exceeded for requests per minute. Please retry in 12s.', 'rateLimited'],
	[429, 'Resource has been exhausted (e.g. check quota).', 'rateLimited'],
	[
		429,
		'Quota exceeded for online_prediction_requests_per_base_model. Please submit a quota increase request.',
		'rateLimited',
	],
])('an error that resembles another kind is recognized: %d %s', (status, message, kind) => {
	expect(errorOf(status, { message })?.kind).toBe(kind);
});

describe('whatever comes as an answer', () => {
	const node = {
		id: '1',
		name: 'Ask',
		type: 't',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const body = fc.oneof(
		fc.uint8Array({ maxLength: 500 }),
		fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text)),
		fc
			.record({ status: fc.constant('error'), error: fc.jsonValue(), message: fc.jsonValue() })
			.map((value) => Buffer.from(JSON.stringify(value))),
	);
	const headers = fc.record(
		{ 'retry-after': fc.string({ unit: 'binary' }), 'x-inference-id': fc.string() },
		{ requiredKeys: [] },
	);

	/** Expects readable texts in the error itself, in n8n's error and in the failed item. */
	const expectReadable = (info: ApiErrorInfo) => {
		const place = { node: node as never, itemIndex: 3, model: 'vendor/model' };
		const error = toNodeError(new ApiError(info), place);
		const item = toFailedItem(new ApiError(info), place);
		for (const { message, description } of [
			info,
			error,
			item.json.error as unknown as ApiErrorInfo,
		]) {
			expect(message.trim()).not.toBe('');
			expect(message.length).toBeLessThanOrEqual(600);
			expect(message).not.toMatch(/\p{Cc}/u);
			expect(String(description)).toMatch(/\w{3}/);
		}
		expect(error.context).toMatchObject({ itemIndex: 3 });
		expect(item.pairedItem).toEqual({ item: 3 });
		expect(info.retryAfter ?? 0).toBeGreaterThanOrEqual(0);
	};

	test('any response with an error status is a readable error', () => {
		const status = fc.oneof(fc.integer({ min: 100, max: 199 }), fc.integer({ min: 300, max: 999 }));
		fc.assert(
			fc.property(status, headers, body, (code, header, bytes) => {
				const info = errorFromResponse(
					new ApiResponse(code, header, Buffer.from(bytes)),
					'vendor/model',
				);
				expectReadable(info!);
			}),
		);
	});

	test('any response with HTTP 200 is no error or a readable one', () => {
		fc.assert(
			fc.property(headers, body, (header, bytes) => {
				const response = new ApiResponse(200, header, Buffer.from(bytes));
				const info = errorFromResponse(response, 'vendor/model');
				if (info) expectReadable(info);
				expectReadable(invalidResponseError(response));
			}),
		);
	});
});

const now = Date.parse('2026-09-01T12:00:00Z');

test.each<[string, string | undefined, number | undefined]>([
	['seconds', '30', 30],
	['parts of a second', '0.5', 0.5],
	['no wait', '0', 0],
	['seconds with blanks around', ' 30 ', 30],
	['a date', 'Tue, 01 Sep 2026 12:00:30 GMT', 30],
	['a date that has passed', 'Tue, 01 Sep 2026 11:00:00 GMT', 0],
	['no header', undefined, undefined],
	['seconds with their unit', '5s', 5],
	['two headers in one', '2, 2', 2],
	['an empty header', ' ', undefined],
	['a negative number', '-5', 0],
	['a word', 'soon', undefined],
	['no number that a computer can hold', '9'.repeat(400), undefined],
])('Retry-After is read: %s', (_, value, seconds) => {
	expect(parseRetryAfter(value, now)).toBe(seconds);
});

test.each<[string, Record<string, string>, number | undefined]>([
	['Retry-After', { 'retry-after': '2' }, 2],
	['retry-after-ms, which is more exact', { 'retry-after': '1', 'retry-after-ms': '350' }, 0.35],
	[
		'a date by the clock of the server',
		{ 'retry-after': 'Tue, 01 Sep 2020 12:00:30 GMT', date: 'Tue, 01 Sep 2020 12:00:00 GMT' },
		30,
	],
	['neither', {}, undefined],
])('a refused request waits as long as its response asks for: %s', (_, headers, seconds) => {
	const response = new ApiResponse(429, headers, Buffer.from('{"message":"Too many requests"}'));
	expect(errorFromResponse(response, 'vendor/model')?.retryAfter).toBe(seconds);
});

test.each<[string, number | undefined]>([
	['Rate limit reached. Please try again in 6ms.', 0.006],
	['Rate limit reached. Please try again in 1m26.5s. Visit the page', 86.5],
	['Please retry in 36.25s.', 36.25],
	['Please retry after 2 seconds. Contact us', 2],
	['Try again in 500 milliseconds', 0.5],
	['Try again in 2 hours', 7200],
	['Please try again later', undefined],
	['Retry in a few minutes', undefined],
	['Try again in 3', undefined],
])('a request waits as long as the message of its refusal asks for: %s', (message, seconds) => {
	expect(parseWait(message)).toBe(seconds);
	expect(errorOf(429, { error: { message } })?.retryAfter).toBe(seconds);
	expect(errorOf(429, { error: { message } }, { 'retry-after': '5' })?.retryAfter).toBe(5);
});
