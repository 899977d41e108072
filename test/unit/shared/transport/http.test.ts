import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { sendRequest } from '../../../../nodes/shared/transport/http';
import type { Target } from '../../../../nodes/shared/transport/networkErrors';

const node: INode = {
	id: 'node',
	name: 'AI/ML API',
	type: 'test.aimlApi',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A network error as n8n 1.104 to 2.33 passes it on: without its cause. */
function withoutCause(error: object): NodeApiError {
	const wrapped = new NodeApiError(node, error as JsonObject);
	Object.defineProperty(wrapped, 'cause', { value: undefined });
	return wrapped;
}

const axiosError = (code: string, message: string) =>
	Object.assign(new Error(message), { isAxiosError: true, code });

const target: Target = {
	kind: 'api',
	address: 'http://127.0.0.1',
	timeout: 2_000,
	timeoutSetting: "'Timeout' in 'Options'",
	isPaid: true,
};

const ask = async (error: unknown) =>
	await sendRequest(
		async () => await Promise.reject(error),
		{ baseURL: 'http://127.0.0.1', url: '/v1' },
		{ target, signal: undefined, model: '', acceptsAnyBody: false },
	);

describe('when n8n keeps nothing of a network fault but its code', () => {
	test('a timeout is recognized when n8n keeps only the error code', async () => {
		const error = withoutCause(axiosError('ECONNABORTED', 'timeout of 2000ms exceeded'));
		expect(await ask(error)).toMatchObject({
			error: { kind: 'timedOut', message: 'The API did not answer within 2 s' },
		});
	});

	test('a connection reset is recognized when n8n keeps only the error code', async () => {
		const error = withoutCause(axiosError('ECONNRESET', 'socket hang up'));
		expect(await ask(error)).toMatchObject({
			error: {
				kind: 'brokenAnswer',
				message:
					'The connection to http://127.0.0.1 broke before the answer was complete (ECONNRESET)',
			},
		});
	});

	test('an error that is not a network error keeps its own message', async () => {
		const error = withoutCause(new Error('This credential may not be used for this host'));
		await expect(ask(error)).rejects.toThrow('This credential may not be used for this host');
	});

	test('an HTTP error of n8n itself, such as while logging in, is kept', async () => {
		const error = withoutCause({ message: 'No such client', httpCode: '401' });
		await expect(ask(error)).rejects.toBe(error);
	});
});
