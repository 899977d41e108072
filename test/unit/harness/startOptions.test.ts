import { startOptions } from '../../../harness/startOptions';

test('without arguments: port 5678, staying, the sandbox', () => {
	expect(startOptions([], {})).toEqual({ once: false, port: 5678, apiKey: undefined });
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
