import { InputError } from '../../../../nodes/shared/errors/InputError';
import { normalizeHost, withoutLogin } from '../../../../nodes/shared/transport/host';

test.each([
	['https://api.aimlapi.com', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/v1', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/v2/', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/v1/v1//', 'https://api.aimlapi.com'],
	[' https://api.aimlapi.com/v1 ', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/v1/chat/completions', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/v2/video/generations/', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/v1/v1/chat/completions', 'https://api.aimlapi.com'],
	['https://gateway.example.com/aiml/v1/embeddings', 'https://gateway.example.com/aiml'],
	['api.aimlapi.com', 'https://api.aimlapi.com'],
	['api.aimlapi.com/v1', 'https://api.aimlapi.com'],
	['127.0.0.1:9981', 'http://127.0.0.1:9981'],
	['localhost:4010/v1', 'http://localhost:4010'],
	['[::1]:4010', 'http://[::1]:4010'],
	['10.example.com', 'https://10.example.com'],
	['HTTP://LOCALHOST:4010', 'http://localhost:4010'],
	['http://localhost:4010', 'http://localhost:4010'],
	['https://user:secret@gateway.example.com/', 'https://user:secret@gateway.example.com'],
	['https://proxy.example.com/aiml/v1', 'https://proxy.example.com/aiml'],
	['https://v1.example.com', 'https://v1.example.com'],
	['https://example.com/v1beta', 'https://example.com/v1beta'],
	['https://example.com/v2/tenant', 'https://example.com/v2/tenant'],
])('the host %s becomes %s', (pasted, host) => {
	expect(normalizeHost(pasted)).toBe(host);
});

test.each([
	['', 'is empty'],
	['   ', 'is empty'],
	[undefined, 'is empty'],
	[{ url: 'https://api.aimlapi.com' }, 'is empty'],
	['https://', 'is not a URL'],
	['the API', 'is not a URL'],
	['https://api.aimlapi.com:99999', 'is not a URL'],
	['api.aimlapi.com:port', 'is not a URL'],
	['ftp://api.aimlapi.com', 'must begin with https:// or http://, not with ftp://'],
	['file:///etc/hosts', 'must begin with https:// or http://, not with file://'],
	['https://api.aimlapi.com?a=b', "holds more than an address: a '?' or a '#'"],
	['?a=b', 'is not a URL'],
	['#x', 'is not a URL'],
])('%j cannot be a host: it %s', (given, problem) => {
	expect(() => normalizeHost(given)).toThrow(InputError);
	expect(() => normalizeHost(given)).toThrow(`'Base URL' in the credential ${problem}`);
});

test('the error for an invalid host has no password in it', () => {
	expect(() => normalizeHost('ftp://user:secret@example.com')).toThrow(
		expect.not.stringContaining('secret'),
	);
	expect(withoutLogin('https://user:se@cret@example.com/a')).toBe('https://example.com/a');
	expect(withoutLogin('https://example.com/a@b')).toBe('https://example.com/a@b');
});

test('an address of slashes alone does not hang the node', () => {
	expect(normalizeHost(`https://x${'/'.repeat(200_000)}`)).toBe('https://x');
});
