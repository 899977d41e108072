import fc from 'fast-check';
import { decodeText } from '../../../../nodes/shared/transport/decodeText';
import { parseErrorMessage } from '../../../../nodes/shared/transport/errorBody';

const read = (body: unknown) =>
	parseErrorMessage(typeof body === 'string' ? body : JSON.stringify(body));

describe('what the API says is found', () => {
	test.each<[string, unknown, string]>([
		[
			'in the documented form',
			{
				message: 'Too Many Requests',
				path: '/v1',
				requestId: 'r',
				statusCode: '429',
				timestamp: 't',
			},
			'Too Many Requests',
		],
		[
			'in the form of OpenAI',
			{
				error: { message: 'Invalid value', type: 'invalid_request_error', param: null, code: null },
			},
			'Invalid value',
		],
		['in an error that is text', { error: 'Model not found' }, 'Model not found'],
		['in the form of FastAPI', { detail: 'Not Found' }, 'Not Found'],
		[
			'in a failed job',
			{ id: '1', status: 'error', error: { name: 'Error', message: 'Prompt was flagged' } },
			'Prompt was flagged',
		],
		['in an error that has only a name', { error: { name: 'TimeoutError' } }, 'TimeoutError'],
		['in plain text', 'Bad Gateway\n', 'Bad Gateway'],
		['in JSON that is a text', '"Service unavailable"', 'Service unavailable'],
		[
			'in the JSON of an upstream provider inside the message',
			{
				message:
					'400 {"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: required"}}',
			},
			'max_tokens: required',
		],
		[
			'in a message with brackets that are no JSON',
			{
				message: "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
			},
			"Unsupported value: 'messages[0].role' does not support 'system' with this model.",
		],
		[
			'in a list of field errors, with the fields',
			{
				message: 'Body validation error',
				errors: [
					{ path: ['temperature'], message: 'Too big' },
					{ path: 'seed', message: 'Expected number' },
				],
			},
			'Body validation error; temperature: Too big; seed: Expected number',
		],
		[
			'in a list of field errors inside the message',
			{
				message: `Body validation error: ${JSON.stringify([{ code: 'too_big', path: ['messages', 0, 'content'], message: 'Too big' }])}`,
			},
			'messages.0.content: Too big',
		],
		[
			'in an object with the errors of each field',
			{ message: 'Invalid data', errors: { seed: ['Too big', 'Not whole'], n: 'Too many' } },
			'Invalid data; seed: Too big; Not whole; n: Too many',
		],
		[
			"in the provider's own error beside the one of a router",
			{
				error: {
					message: 'Provider returned error',
					metadata: { raw: '{"error":{"message":"max_tokens is too large"}}', provider_name: 'P' },
				},
			},
			'Provider returned error; max_tokens is too large',
		],
		['in the title of problem details', { title: 'Bad Request', status: 400 }, 'Bad Request'],
		['in the form of AWS', { __type: 'ValidationException', Message: 'Too long' }, 'Too long'],
		[
			'in field errors that name the field themselves',
			{ errors: [{ path: ['seed'], message: 'seed must be positive' }] },
			'seed must be positive',
		],
		[
			'in a list of texts',
			{ message: ['model is required', 'model must be a string'] },
			'model is required; model must be a string',
		],
		[
			'once, when it is said several times',
			{
				message: 'Failed: too long',
				error: 'x',
				details: [{ message: 'too long' }, { message: 'too long' }],
			},
			'Failed: too long',
		],
		[
			'in the title of a page',
			'<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
			'502 Bad Gateway',
		],
		[
			'in the heading of a page without title',
			'<html><body><h1>Service down</h1><p>Sorry</p></body></html>',
			'Service down',
		],
		['in a title in capitals', '<HTML><TITLE>Sign in</TITLE><BODY></BODY></HTML>', 'Sign in'],
		['in the text of a page without both', '<html><body><p>Sorry</p></body></html>', 'Sorry'],
	])("the API's message is found %s", (_, body, message) => {
		expect(read(body)).toBe(message);
	});

	test.each([
		['an empty body', '', ''],
		['blanks', ' \n', ''],
	])("the API's message is not found in %s", (_, body, message) => {
		expect(read(body)).toBe(message);
	});

	test('a message of an unknown form is shown as JSON', () => {
		expect(read({ outcome: 'unknown' })).toBe('{"outcome":"unknown"}');
	});

	test("the API's message becomes one line", () => {
		expect(read({ message: 'first\r\n\tsecond \u0000 third' })).toBe('first second third');
	});

	test("the API's message is cut to 500 characters", () => {
		expect(read({ message: 'x'.repeat(501) })).toBe(`${'x'.repeat(499)}…`);
		expect(read({ message: 'x'.repeat(500) })).toBe('x'.repeat(500));
	});
});

describe('whatever the body is', () => {
	const isFit = (message: string) => {
		expect(message.length).toBeLessThanOrEqual(500);
		expect(message).not.toMatch(/\p{Cc}/u);
	};
	const keys = fc.constantFrom(
		'message',
		'error',
		'detail',
		'errors',
		'issues',
		'details',
		'path',
		'name',
		'x',
	);
	const body = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 6 },
			fc.jsonValue({ maxDepth: 1 }),
			fc.string({ unit: 'binary', maxLength: 600 }),
			fc.dictionary(keys, tie('value')),
			fc.record({ path: fc.oneof(fc.string(), fc.array(fc.integer())), message: tie('value') }),
			fc.array(tie('value')),
			tie('value').map((value) => `400 ${JSON.stringify(value)}`),
		),
	})).value;

	test('any bytes become a short line', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) =>
				isFit(parseErrorMessage(decodeText(bytes))),
			),
		);
	});

	test('any JSON becomes a short line', () => {
		fc.assert(fc.property(body, (value) => isFit(parseErrorMessage(JSON.stringify(value)))));
	});
});

describe('known to go wrong', () => {
	test('a field named by one letter that also occurs in the message is named', () => {
		const errors = [{ path: 'n', message: 'Expected number, received string' }];
		expect(read({ errors })).toBe('n: Expected number, received string');
	});

	test('a list of values at the end of a message does not replace the message', () => {
		const message = 'Unsupported voice. Supported voices: ["alloy","echo"]';
		expect(read({ message })).toBe(message);
	});

	test('JSON inside the JSON of an upstream provider is unwrapped', () => {
		const inner = JSON.stringify({ error: { message: 'Quota exceeded' } });
		const upstream = JSON.stringify({ error: { message: inner } });
		expect(read({ message: `429 ${upstream}` })).toBe('Quota exceeded');
	});

	test('deeply nested lists can be read', () => {
		expect(read('['.repeat(20_000) + ']'.repeat(20_000)).length).toBeLessThanOrEqual(500);
	});

	test('a path that cannot be written as text is left out', () => {
		expect(read('{"errors":[{"path":{"toString":null},"message":"Too big"}]}')).toBe('Too big');
	});
});
