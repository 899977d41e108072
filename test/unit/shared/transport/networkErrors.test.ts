import {
	networkError,
	redirectError,
	timeoutError,
	tooLargeError,
	type Target,
} from '../../../../nodes/shared/transport/networkErrors';

const api: Target = {
	kind: 'api',
	address: 'https://api.example.com',
	timeout: 30_000,
	timeoutSetting: "'Timeout' in 'Options'",
	isPaid: true,
};
const file: Target = {
	...api,
	kind: 'file',
	address: 'https://files.example.com/a.png',
	isPaid: false,
};

/** An error as axios throws it: the system's error is its cause. */
const axiosError = (code: string, system: Record<string, unknown> = {}, message = '') =>
	Object.assign(new Error(message), {
		isAxiosError: true,
		code,
		cause: { code, message, ...system },
	});

describe('a network error', () => {
	test.each([
		['ECONNABORTED', 'timedOut', 'The API did not answer within 30 s'],
		['ETIMEDOUT', 'timedOut', 'The API did not answer within 30 s'],
		['ECONNREFUSED', 'unreachable', "The API at https://api.example.com can't be reached"],
		['EAI_AGAIN', 'unreachable', "The API at https://api.example.com can't be reached"],
		['ENOTFOUND', 'unsendable', "The API at https://api.example.com can't be reached"],
		['ERR_INVALID_URL', 'unsendable', 'The request to https://api.example.com cannot be sent'],
		['ERR_BAD_REQUEST', 'unsendable', 'The request to https://api.example.com cannot be sent'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unsendable', 'has a certificate that this n8n does not'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'unsendable', 'has a certificate that this n8n does not trust'],
		[
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'unsendable',
			'has a certificate that this n8n does not trust',
		],
		['CERT_NOT_YET_VALID', 'unsendable', 'has a certificate that this n8n does not trust'],
		[
			'EPROTO',
			'unsendable',
			"Couldn't make a secure connection to https://api.example.com (EPROTO)",
		],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'unsendable', "Couldn't make a secure connection to"],
		['ECONNRESET', 'brokenAnswer', 'The connection to https://api.example.com broke before'],
		['Z_BUF_ERROR', 'brokenAnswer', 'The connection to https://api.example.com broke before'],
		['', 'brokenAnswer', 'The connection to https://api.example.com broke before'],
	])('a network error with the code %j is %s', (code, kind, message) => {
		const error = networkError(axiosError(code), api)!;
		expect(error.kind).toBe(kind);
		expect(error.message).toContain(message);
		expect(error.description.includes('may have been charged')).toBe(
			kind === 'timedOut' || kind === 'brokenAnswer',
		);
	});

	test('a network error while connecting means that nothing was sent, whatever the code', () => {
		const connecting = { syscall: 'connect', address: '203.0.113.1', port: 443 };
		expect(networkError(axiosError('ETIMEDOUT', connecting), api)?.kind).toBe('unreachable');
		expect(networkError(axiosError('EACCES', connecting), api)?.kind).toBe('unreachable');
		const hello = 'Client network socket disconnected before secure TLS connection was established';
		expect(networkError(axiosError('ECONNRESET', {}, hello), api)?.kind).toBe('unreachable');
	});

	test('a network error is that of the first attempt when the host has several addresses', () => {
		const attempt = { code: 'ECONNREFUSED', syscall: 'connect', address: '::1', port: 443 };
		const error = Object.assign(new Error(''), {
			isAxiosError: true,
			code: 'ECONNREFUSED',
			cause: { code: 'ECONNREFUSED', errors: [attempt] },
		});
		expect(networkError(error, api)?.message).toBe(
			"The API at https://api.example.com can't be reached (ECONNREFUSED)",
		);
	});

	test('a network error names the proxy when that was not reached', () => {
		const refused = { syscall: 'connect', address: '10.0.0.7', port: 3128 };
		expect(networkError(axiosError('ECONNREFUSED', refused), api)).toMatchObject({
			kind: 'unreachable',
			message: "The proxy 10.0.0.7:3128 can't be reached (ECONNREFUSED)",
			description: expect.stringContaining("'Proxy' under 'Request Options'") as string,
		});
		const unknown = { syscall: 'getaddrinfo', hostname: 'proxy.corp' };
		expect(networkError(axiosError('ENOTFOUND', unknown), api)?.message).toBe(
			"The proxy proxy.corp can't be reached (ENOTFOUND)",
		);
	});

	test('a network error of a file names its server and no charges', () => {
		for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EPROTO', 'ECONNRESET', 'ECONNABORTED']) {
			const error = networkError(axiosError(code), file)!;
			expect(error.message).toContain('https://files.example.com/a.png');
			expect(`${error.message} ${error.description}`).not.toMatch(/charged|credential|The API/);
		}
	});

	test('a network error has no password of a host in it', () => {
		const target = { ...api, address: 'https://user:secret@api.example.com' };
		for (const code of ['ECONNREFUSED', 'EPROTO', 'ECONNRESET', 'ERR_INVALID_URL']) {
			expect(JSON.stringify(networkError(axiosError(code), target))).not.toContain('secret');
		}
		const redirect = redirectError(308, 'https://user:secret@elsewhere.example.com', target);
		expect(JSON.stringify(redirect)).not.toContain('secret');
	});

	test.each([
		['an error of n8n', new Error('This credential may not be used for this host')],
		['nothing', undefined],
	])('a network error is not recognized in %s', (_, error) => {
		expect(networkError(error, api)).toBeUndefined();
	});
});

test('a timeout names its setting, and says whether anything had arrived', () => {
	const setting = { ...api, timeout: 10_000, timeoutSetting: "'Timeout' under 'Request Options'" };
	expect(timeoutError(setting)).toMatchObject({
		kind: 'timedOut',
		message: 'The API did not answer within 10 s',
		description:
			"The call may have been charged. Raise 'Timeout' under 'Request Options', or choose a faster model.",
	});
	expect(timeoutError(setting, 5).message).toBe("The API's answer was not complete within 10 s");
	expect(timeoutError({ ...setting, isStream: true }, 5).message).toBe(
		'The API sent nothing more of its answer for 10 s',
	);
	expect(timeoutError(file, 5)).toMatchObject({
		message: 'The file at https://files.example.com/a.png did not arrive within 30 s',
		description: "Raise 'Timeout' in 'Options'.",
	});
});

test('an answer or file that is too large is an error with the limit', () => {
	expect(tooLargeError(api, 100_000_000).message).toBe("The API's answer is larger than 100 MB");
	expect(tooLargeError(file, 4_000_000_000).message).toBe(
		'The file at https://files.example.com/a.png is larger than 4,000 MB',
	);
});
