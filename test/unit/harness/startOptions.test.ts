import { startOptions } from '../../../harness/startOptions';

test('without arguments the demo stays, uses the sandbox and keeps off the ports of an own n8n', () => {
	const { port, ...others } = startOptions([], {});
	expect(others).toEqual({ once: false, watch: false, variants: false, apiKey: undefined });
	for (const used of [port, port + 1]) expect([5678, 5679]).not.toContain(used);
});

test('a key in the environment means the real API, an empty one does not', () => {
	expect(startOptions(['--once'], { AIMLAPI_API_KEY: ' key ' })).toMatchObject({ apiKey: 'key' });
	expect(startOptions([], { AIMLAPI_API_KEY: ' ' }).apiKey).toBeUndefined();
});

test.each([['--port=abc'], ['--port=0'], ['--port=65535'], ['--prot=1'], ['once']])(
	'%s is refused with the usage',
	(argument) => {
		expect(() => startOptions([argument], {})).toThrow(/Usage: npm start/);
	},
);
