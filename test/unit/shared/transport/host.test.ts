import { normalizeHost } from '../../../../nodes/shared/transport/client';

test.each([
	['https://api.aimlapi.com', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/v1', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/v2/', 'https://api.aimlapi.com'],
	['https://api.aimlapi.com/v1/v1//', 'https://api.aimlapi.com'],
	[' https://api.aimlapi.com/v1 ', 'https://api.aimlapi.com'],
	['http://localhost:4010', 'http://localhost:4010'],
	['https://proxy.example.com/aiml/v1', 'https://proxy.example.com/aiml'],
	['https://v1.example.com', 'https://v1.example.com'],
	['https://example.com/v1beta', 'https://example.com/v1beta'],
])('%s is taken as %s', (pasted, host) => {
	expect(normalizeHost(pasted)).toBe(host);
});

test('an address of slashes alone does not hang the node', () => {
	const pasted = `https:${'/'.repeat(2_000)}x`;
	expect(normalizeHost(pasted)).toBe(pasted);
});
