/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, never inside n8n */
import { useSandbox } from '../../support/useSandbox';
import { call, chat, pause, until } from './client';
import { fetchFile, image } from './media';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.setRate(null);
});

const urlFrom = async (model = 'flux/schnell', more: object = {}): Promise<string> =>
	(await image(sandbox, model, more)).body.data[0].url;
const key = { authorization: 'Bearer sandbox-key' };
const pathOf = (url: string) => new URL(url).pathname;

describe('a fetch', () => {
	test('a fetch needs no key and is in the request log apart from the calls', async () => {
		const url = await urlFrom();
		expect(await fetchFile(url)).toMatchObject({ status: 200, type: 'image/png' });
		expect(sandbox.requestLog.calls).toHaveLength(1);
		expect(sandbox.requestLog.fetches).toMatchObject([
			{ index: 0, method: 'GET', path: pathOf(url), status: 200, credits: 0 },
		]);
		expect(sandbox.requestLog.fetches[0]).not.toHaveProperty('leakedKey');
		expect(sandbox.requestLog.peakInFlight).toEqual({ '/v1/images/generations': 1, '/files/': 1 });
	});

	test('a fetch with a key is refused and recorded', async () => {
		const url = await urlFrom();
		expect((await fetchFile(url, key)).status).toBe(400);
		expect(sandbox.requestLog.fetches).toMatchObject([{ status: 400, leakedKey: true }]);
	});

	test('a fetch of an unknown file is answered with 404', async () => {
		expect((await fetchFile(`${sandbox.url}/files/none.png`)).status).toBe(404);
	});

	test('a fetch does not count toward the rate limit of the API', async () => {
		const url = await urlFrom();
		sandbox.setRate({ requestsPerSecond: 1, retryAfter: 'none' });
		for (let count = 0; count < 3; count++) expect((await fetchFile(url)).status).toBe(200);
		expect((await call(sandbox, chat('Hello'))).status).toBe(200);
	});
});

describe('a fault rule', () => {
	test.each(['/files/*', 'the file itself'])(
		'a fault rule for %s applies to fetches',
		async (path) => {
			const url = await urlFrom();
			const wanted = path === '/files/*' ? path : pathOf(url);
			sandbox.faults.set([{ when: { path: wanted, nth: 1 }, do: { status: 503 } }]);
			expect((await fetchFile(url)).status).toBe(503);
			expect((await fetchFile(url)).status).toBe(200);
		},
	);

	test('a fault rule without a path, or for all paths, neither applies to fetches nor counts them', async () => {
		const url = await urlFrom();
		for (const when of [{ nth: 1 }, { path: '*', nth: 1 }]) {
			sandbox.faults.set([{ when, do: { status: 503 } }]);
			expect((await fetchFile(url)).status).toBe(200);
			expect((await call(sandbox, chat('Hello'))).status).toBe(503);
		}
	});

	test('a fault rule can cut a file in half', async () => {
		const url = await urlFrom();
		const whole = (await fetchFile(url)).bytes;
		sandbox.faults.set([{ when: { path: '/files/*' }, do: { truncate: true } }]);
		const half = (await fetchFile(url)).bytes;
		expect(half).toEqual(whole.subarray(0, whole.length / 2));
	});

	test.each(['', '?size=1mb'])(
		'a fault rule can reset the connection in the middle of a file (%s)',
		async (query) => {
			const url = (await urlFrom()) + query;
			sandbox.faults.set([{ when: { path: '/files/*' }, do: { reset: 'body' } }]);
			await expect(fetchFile(url)).rejects.toThrow('terminated');
		},
	);
});

describe('the files of sandbox/', () => {
	test('sandbox/image-octet-stream has files without a specific content type', async () => {
		const url = await urlFrom('sandbox/image-octet-stream');
		const { type, bytes } = await fetchFile(url);
		expect(type).toBe('application/octet-stream');
		expect(bytes.subarray(1, 4).toString()).toBe('PNG');
	});

	test('the files of sandbox/image-one-fetch are gone after the first fetch', async () => {
		const url = await urlFrom('sandbox/image-one-fetch');
		expect((await fetchFile(url)).status).toBe(200);
		expect((await fetchFile(url)).status).toBe(410);
	});

	test('the files of sandbox/image-expiring are gone after a while', async () => {
		const url = await urlFrom('sandbox/image-expiring', { expires_after_ms: 60 });
		expect((await fetchFile(url)).status).toBe(200);
		await pause(70);
		expect((await fetchFile(url)).status).toBe(410);
	});

	test('the files of sandbox/image-moved are on another host, which accepts no key either', async () => {
		const url = await urlFrom('sandbox/image-moved');
		const file = await fetchFile(url);
		expect(file).toMatchObject({ status: 200, type: 'image/png' });
		expect(new URL(url).hostname).toBe('127.0.0.1');
		expect(new URL(file.url).hostname).toBe('localhost');
		expect(sandbox.requestLog.fetches.map(({ status }) => status)).toEqual([302, 200]);
		expect((await fetchFile(file.url, key)).status).toBe(400);
	});

	test('the files of sandbox/image-large are as large as requested', async () => {
		const url = await urlFrom('sandbox/image-large', { file_size: '3mb' });
		const { bytes } = await fetchFile(url);
		expect(bytes).toHaveLength(3 * 1024 * 1024);
		expect(bytes.subarray(1, 4).toString()).toBe('PNG');
	});
});

describe('?size=', () => {
	test.each([
		['10b', 10],
		['100kb', 102_400],
	])('?size=%s makes any file that large and announces it', async (size, length) => {
		const response = await fetch(`${await urlFrom()}?size=${size}`);
		expect(response.headers.get('content-length')).toBe(String(length));
		expect((await response.arrayBuffer()).byteLength).toBe(length);
	});

	test('?size= is refused when it is not a size', async () => {
		expect((await fetchFile(`${await urlFrom()}?size=large`)).status).toBe(400);
	});

	test('?size= sends no more than the client reads', async () => {
		const leaving = new AbortController();
		const url = `${await urlFrom()}?size=4gb`;
		const before = process.memoryUsage().rss;
		const response = await fetch(url, { signal: leaving.signal });
		await response.body?.getReader().read();
		await pause(80);
		expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
		leaving.abort();
		await until(() => sandbox.requestLog.fetches[0].aborted === true);
	});
});
