import { maskIn, maskSecrets, secretsOf } from '../../../nodes/shared/maskSecrets';

test.each([
	['bad key Bearer sk-abcdef0123456789', 'bad key Bearer ***'],
	['authorization: bearer abcdef012345', 'authorization: bearer ***'],
	[
		'The API at http://user:PASSWORD@127.0.0.1:1 is down',
		'The API at http://***@127.0.0.1:1 is down',
	],
	['Incorrect API key provided: sk-proj-0123456789abcdef.', 'Incorrect API key provided: ***.'],
	['the bearer of good news', 'the bearer of good news'],
	['see https://example.com/a@b', 'see https://example.com/a@b'],
])('%j becomes %j', (text, masked) => {
	expect(maskSecrets(text)).toBe(masked);
});

test('a known key is masked anywhere, even if the answer cut it', () => {
	const known = '0123456789abcdef0123456789abcdef';
	expect(maskSecrets(`key ${known}, no`, [known])).toBe('key ***, no');
	expect(maskSecrets(`key ${known.slice(0, 20)}…`, [known])).toBe('key ***');
	expect(maskSecrets('key a.b*c(d', ['a.b*c(d'])).toBe('key ***');
});

test('an empty key masks nothing', () => {
	expect(maskSecrets('all of it', [''])).toBe('all of it');
});

test('all texts of a value are masked', () => {
	const value = { url: 'http://u:p@x.test/a', list: ['key-0123', 1], none: null };
	expect(maskIn(value, ['key-0123'])).toEqual({
		url: 'http://***@x.test/a',
		list: ['***', 1],
		none: null,
	});
});

test('the secrets of a credential are its key and a password in its host', () => {
	expect(secretsOf({ apiKey: 'key', url: 'http://u:pass@x.test' })).toEqual(['key', 'pass']);
	expect(secretsOf({ apiKey: 'key', url: 'no host' })).toEqual(['key']);
	expect(secretsOf({ apiKey: ' Bearer key\n' })).toEqual(['key']);
});
