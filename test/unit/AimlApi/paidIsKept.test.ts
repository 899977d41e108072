/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BinaryDataService } from 'n8n-core';
import { sleep, type INode, type INodeParameters } from 'n8n-workflow';
import { makePng } from '../../../sandbox/media/png';
import { everythingIn } from '../../engine/everythingIn';
import { runOperation, type OperationRun } from '../../engine/operationRun';
import type { NodeRunResult } from '../../engine/runNode';
import { brokenOff, bytes, byPath, inTurn, json, type Answer } from '../../engine/scriptedServer';
import { useScriptedServer } from '../../support/useScriptedServer';

/**
 * What was paid for becomes an item or is in an error, whatever happens after the payment, and is never
 * paid for again: under 'Retry On Fail', with 'Fallback Models', and with both.
 */

const api = useScriptedServer();

const PNG = makePng(8, 8, 0);
const MP4 = Buffer.concat([Buffer.from('000000186674797069736f6d', 'hex'), Buffer.alloc(2000)]);
const USD = 0.5;
const paid = { meta: { usage: { usd_spent: USD, credits_used: USD * 2_000_000 } } };

const VIDEO = 'POST /v2/video/generations';
const VIDEO_STATUS = 'GET /v2/video/generations';
const IMAGE = 'POST /v1/images/generations';
const SPEECH = 'POST /v1/tts';
const script = (answers: Record<string, Answer>) => api.answer(byPath(answers));

const file = (name: string) => `${api.url}/files/${name}`;
const started = json({ id: 'job:1/x', status: 'queued' }, 201);
const done = (): Answer =>
	json({ id: 'job:1/x', status: 'completed', video: { url: file('v.mp4') }, ...paid });

/** Serves a video that is paid for, with the answers to its polls and for its file. */
const serveVideo = (download: Answer, poll: Answer = done()) =>
	script({ [VIDEO]: started, [VIDEO_STATUS]: poll, 'GET /files/v.mp4': download });
/** Serves an image that is paid for, with the answer for its file. */
const serveImage = (download: Answer) =>
	script({
		[IMAGE]: json({ data: [{ url: file('a.png') }], ...paid }),
		'GET /files/a.png': download,
	});

const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
const continuing: Partial<INode> = { onError: 'continueRegularOutput' };

interface Run extends Partial<OperationRun> {
	options?: object;
}

async function run({ options, fields, ...rest }: Run = {}): Promise<NodeRunResult> {
	return await runOperation(api, {
		resource: 'video',
		operation: 'generate',
		model: 'm',
		...rest,
		fields: {
			prompt: 'A boat',
			text: 'A boat',
			...fields,
			options: { maxRetries: 0, pollInterval: 0.05, ...options },
		},
	});
}
const video = run;
const image = async (rest: Run = {}) => await run({ resource: 'image', ...rest });
const speech = async (rest: Run = {}) =>
	await run({ resource: 'audio', operation: 'speak', ...rest });
const errorOf = ({ items }: NodeRunResult) => items[0].json.error as Record<string, unknown>;

describe("'Retry On Fail' after something was paid for", () => {
	test.each<[string, Record<string, Answer>]>([
		['file answers 403', { 'GET /files/v.mp4': bytes('no', 'text/plain', 403) }],
		['file breaks off', { 'GET /files/v.mp4': brokenOff(MP4) }],
		['file is a page', { 'GET /files/v.mp4': bytes('<html>login</html>', 'text/html') }],
		['poll answers 401', { [VIDEO_STATUS]: json({ message: 'no' }, 401) }],
	])("'Retry On Fail' does not start a video again whose %s", async (_, faults) => {
		script({ [VIDEO]: started, [VIDEO_STATUS]: done(), ...faults });
		const { error } = await video({ settings: retrying });
		expect(error).toBeDefined();
		expect(error?.description).toContain('job:1/x');
		expect(api.count(VIDEO)).toBe(1);
	});

	test("'Retry On Fail' goes on polling a video that is not ready in time", async () => {
		const pending = json({ id: 'job:1/x', status: 'IN_PROGRESS' });
		const polls = inTurn(pending, pending, pending, pending, done());
		serveVideo(bytes(MP4, 'video/mp4'), polls);
		const { items, error } = await video({
			settings: { ...retrying, maxTries: 5 },
			options: { maxWait: 0.1 },
		});
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ id: 'job:1/x', cost: { usd: USD } });
		expect(api.count(VIDEO)).toBe(1);
	});

	test("'Retry On Fail' fetches the file of a paid image again", async () => {
		serveImage(inTurn(bytes('', undefined, 403), bytes(PNG, 'image/png')));
		const { items, error } = await image({ settings: retrying });
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ mimeType: 'image/png', cost: { usd: USD } });
		expect(api.count(IMAGE)).toBe(1);
	});

	test("'Retry On Fail' does not pay for speech again whose file server is down", async () => {
		script({
			[SPEECH]: json({ audio: { url: file('a.mp3') }, ...paid }),
			'GET /files/a.mp3': bytes('', undefined, 500),
		});
		await speech({ settings: retrying, options: { fallbackModels: ['z'] } });
		expect(api.count(SPEECH)).toBe(1);
	});

	test.each<[string, Answer]>([
		['504', json({ message: 'Generation timeout' }, 504)],
		['a connection that breaks', (response) => void response.destroy()],
		['no JSON', bytes('<html>', 'text/html')],
		['no ID', json({})],
	])(
		"'Retry On Fail' does not repeat a start that got %s, since the job may be running",
		async (_, answer) => {
			script({ [VIDEO]: answer });
			const { error } = await video({ settings: retrying, options: { fallbackModels: ['z'] } });
			expect(api.count(VIDEO)).toBe(1);
			expect(error?.description).toMatch(/may be running|may have been charged/);
		},
	);

	test("'Retry On Fail' tries again after a refused start or a failed job", async () => {
		script({
			[VIDEO]: inTurn(json({ message: 'busy' }, 503), started, started),
			[VIDEO_STATUS]: inTurn(
				json({ id: 'job:1/x', status: 'FAILED', error: { message: 'It broke' } }),
				done(),
			),
			'GET /files/v.mp4': bytes(MP4, 'video/mp4'),
		});
		const { items, error } = await video({ settings: retrying });
		expect(error).toBeUndefined();
		expect(items[0].json.mimeType).toBe('video/mp4');
		expect(api.count(VIDEO)).toBe(3);
	});

	test("'Retry On Fail' goes on with the fallback model that was asked last", async () => {
		script({
			[IMAGE]: inTurn(json({ message: 'busy' }, 503), json({ data: [{ url: file('a.png') }] })),
			'GET /files/a.png': inTurn(bytes('', undefined, 403), bytes(PNG, 'image/png')),
		});
		const { items } = await image({ settings: retrying, options: { fallbackModels: ['z'] } });
		expect(items[0].json).toMatchObject({ model: 'z', fallback: { insteadOf: 'm' } });
		expect(api.count(IMAGE)).toBe(2);
	});

	test("'Retry On Fail' counts the cost of a started job once", async () => {
		serveImage(inTurn(bytes('', undefined, 403), bytes(PNG, 'image/png')));
		const { items, error } = await image({
			settings: retrying,
			options: { costLimit: 1.2, itemsInParallel: 1 },
			items: [{ json: {} }, { json: {} }],
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json: { cost } }) => cost)).toEqual([
			{ usd: USD, credits: 1_000_000 },
			{ usd: USD, credits: 1_000_000 },
		]);
	});
});

describe('a fault after the start', () => {
	test.each<[string, Record<string, Answer>]>([
		['the file with 503', { 'GET /files/v.mp4': bytes('', undefined, 503) }],
		['the file with 404', { 'GET /files/v.mp4': bytes('', undefined, 404) }],
		['a poll with 403', { [VIDEO_STATUS]: json({ message: 'no' }, 403) }],
	])('no fallback model is asked after a start, whatever fails: %s', async (_, faults) => {
		script({ [VIDEO]: started, [VIDEO_STATUS]: done(), ...faults });
		await video({ settings: continuing, options: { fallbackModels: ['z'], maxWait: 0.3 } });
		expect(api.count(VIDEO)).toBe(1);
	});

	test('a poll with 404 right after the start is repeated', async () => {
		const polls = inTurn(json({ message: '-' }, 404), json({ message: 'no' }, 400), done());
		serveVideo(bytes(MP4, 'video/mp4'), polls);
		const { items, error } = await video({ options: { fallbackModels: ['z'] } });
		expect(error).toBeUndefined();
		expect(items[0].json.model).toBe('m');
		expect(api.count(VIDEO)).toBe(1);
	});
});

describe('a file that breaks off', () => {
	test('a download that breaks off is repeated from its start', async () => {
		serveVideo(inTurn(brokenOff(MP4), bytes(MP4, 'video/mp4')));
		const { items, error } = await video({ options: { maxRetries: 1 } });
		expect(error).toBeUndefined();
		expect(Buffer.from(items[0].binary!.data.data, 'base64')).toEqual(MP4);
		expect(api.count('GET /files')).toBe(2);
	});

	test('a download that keeps breaking off is an error with URL, job and cost', async () => {
		serveVideo(brokenOff(MP4));
		const result = await video({ settings: continuing, options: { maxRetries: 1 } });
		expect(errorOf(result)).toMatchObject({
			message: expect.stringContaining(file('v.mp4')),
			description: expect.stringContaining(
				"'Get a Video, Music or Transcription' and the ID job:1/x",
			),
			url: file('v.mp4'),
			generationId: 'job:1/x',
			cost: { usd: USD },
		});
		expect(api.count('GET /files')).toBe(2);
	});
});

describe('a store of files that is full', () => {
	beforeEach(() => {
		// A device of Linux that has no space left.
		jest.spyOn(BinaryDataService.prototype, 'store').mockImplementation(async (_, content) => {
			await pipeline(Readable.from(content), createWriteStream('/dev/full'));
			throw new Error('There was space');
		});
	});
	afterEach(() => void jest.restoreAllMocks());

	test('a full file store is an error with job, URL and cost, and nothing is paid for again', async () => {
		serveVideo(bytes(MP4, 'video/mp4'));
		const result = await video({ settings: { ...continuing, ...retrying } });
		expect(errorOf(result)).toMatchObject({
			message: `The file at ${file('v.mp4')} could not be stored: ENOSPC: no space left on device, write`,
			description: expect.stringContaining('the ID job:1/x'),
			url: file('v.mp4'),
			generationId: 'job:1/x',
			cost: { usd: USD },
		});
		expect(api.count(VIDEO)).toBe(1);
	});

	test('a full file store stops the workflow with the URL and the cost', async () => {
		serveImage(bytes(PNG, 'image/png'));
		const { error } = await image();
		expect(error?.message).toContain(`${file('a.png')} could not be stored: ENOSPC`);
		expect(error?.description).toContain(`Spent in this run: $${USD}`);
	});
});

describe('one of several images', () => {
	const three = () =>
		json({ data: ['a', 'b', 'c'].map((name) => ({ url: file(`${name}.png`) })), ...paid });
	const good = bytes(PNG, 'image/png');

	test.each<[string, Partial<INode>]>([
		['stops the workflow otherwise', {}],
		['continues', continuing],
	])(
		'an image that cannot be fetched is a failed item among the good ones (%s)',
		async (_, settings) => {
			script({
				[IMAGE]: three(),
				'GET /files/a.png': good,
				'GET /files/b.png': bytes('', undefined, 403),
				'GET /files/c.png': good,
			});
			const { items, error } = await image({ settings });
			expect(error).toBeUndefined();
			expect(items.map(({ json: { index, error: failed } }) => index ?? failed)).toMatchObject([
				0,
				{ message: expect.stringContaining('HTTP status 403'), url: file('b.png'), index: 1 },
				2,
			]);
			expect(items[0].json.cost).toMatchObject({ usd: USD });
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 0, 0].map((item) => ({ item })),
			);
		},
	);

	test('the cost of a lost first image is on the next one', async () => {
		script({ [IMAGE]: three(), 'GET /files/b.png': good, 'GET /files/c.png': good });
		const { items } = await image();
		expect(items.map(({ json: each }) => each.cost)).toEqual([
			undefined,
			{ usd: USD, credits: 1_000_000 },
			undefined,
		]);
	});

	test('several lost images are one error with all URLs and the cost', async () => {
		script({ [IMAGE]: three() });
		const result = await image({ settings: continuing });
		expect(result.items).toHaveLength(1);
		expect(errorOf(result)).toMatchObject({
			urls: ['a', 'b', 'c'].map((name) => file(`${name}.png`)),
			cost: { usd: USD },
		});
	});
});

describe('a generated file', () => {
	test.each<[string, Answer, string]>([
		['an error page', bytes('<!doctype html><title>login</title>', 'text/html'), 'is a web page'],
		['a page as image', bytes('<html><body>no</body></html>', 'image/png'), 'is a web page'],
		['JSON', json({ error: 'gone' }), 'is JSON'],
		['empty', bytes('', 'image/png'), 'is empty (0 bytes)'],
		['204', bytes('', undefined, 204), 'is empty (0 bytes)'],
	])('a generated file that is %s is an error', async (_, answer, problem) => {
		serveImage(answer);
		const error = errorOf(await image({ settings: continuing }));
		expect(error).toMatchObject({
			message: expect.stringContaining(`The file at ${file('a.png')} ${problem}`),
			url: file('a.png'),
			cost: { usd: USD },
		});
	});

	test.each([
		['sale-75%.png', 'sale-75%.png'],
		['..%5C..%5Cevil.png', 'evil.png'],
	])('a generated file at %s is stored as %s', async (name, fileName) => {
		script({
			[IMAGE]: json({ data: [{ url: file(name) }] }),
			[`GET /files/${name}`]: bytes(PNG, 'image/png'),
		});
		const { items, error } = await image();
		expect(error).toBeUndefined();
		expect(items[0].json.fileName).toBe(fileName);
		expect(items[0].binary!.data.fileName).toBe(fileName);
	});

	test('a generated file is fetched from a URL with a space', async () => {
		script({
			[IMAGE]: json({ data: [{ url: file('my file.png') }] }),
			'GET /files/my%20file.png': bytes(PNG, 'image/png'),
		});
		const { items, error } = await image();
		expect(error).toBeUndefined();
		expect(items[0].json.fileName).toBe('my file.png');
	});

	test('links beside a generated file are not fetched', async () => {
		script({
			[IMAGE]: json({
				status: 'succeeded',
				urls: { get: file('page'), cancel: file('cancel'), web: file('web') },
				status_url: file('status'),
				webhook_url: file('hook'),
				prompt: file('of-the-user'),
				output: [file('o.png')],
			}),
			'GET /files/o.png': bytes(PNG, 'image/png'),
		});
		const { items } = await image();
		expect(items.map(({ json: { url } }) => url)).toEqual([file('o.png')]);
		expect(api.count('GET /files')).toBe(1);
	});

	test('a deeply nested answer can be searched for files', async () => {
		script({ [IMAGE]: json(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) });
		const error = errorOf(await image({ settings: continuing }));
		expect(error.message).toBe('The answer has no file');
	});

	test.each<[string, Answer]>([
		['a page', bytes('<!doctype html><title>502 Bad Gateway</title>', 'text/html')],
		['a page as sound', bytes('<html><title>502</title></html>', 'audio/mpeg')],
		['a text', bytes('upstream request timeout', 'text/plain')],
	])('speech that is %s is an error', async (_, answer) => {
		script({ [SPEECH]: answer });
		expect(errorOf(await speech({ settings: continuing })).message).toMatch(
			/is (a web page|plain text)|502|not valid JSON/,
		);
	});
});

describe('a job', () => {
	test.each([
		[{ id: 'j', status: 'IN_QUEUE' }],
		[{ request_id: 'j', status: 'queued' }],
		[{ task_id: 'j', task_status: 'Preparing' }],
		[{ data: { id: 'j', status: 'submitted' } }],
	])('a job that starts as %j is polled by its ID', async (start) => {
		script({
			[VIDEO]: json(start, 201),
			[VIDEO_STATUS]: inTurn(json({ status: 'IN_PROGRESS' }), done()),
			'GET /files/v.mp4': bytes(MP4, 'video/mp4'),
		});
		const { items, error } = await video();
		expect(error).toBeUndefined();
		expect(items[0].json.id).toBe('j');
		expect(api.count('GET /v2/video/generations?generation_id=j')).toBe(2);
	});

	test('a job without an ID is not polled', async () => {
		script({ [VIDEO]: json({ status: 'queued' }, 201) });
		const error = errorOf(await video({ settings: continuing }));
		expect(error.message).toBe('The answer has no generation ID');
		expect(api.count('GET /v2/video')).toBe(0);
	});
});

test.each(['validating', 'FINALIZING', 'in_progress', 'canceling', 'something new'])(
	"a batch whose status is '%s' is still running",
	async (status) => {
		script({ 'GET /v1/batches': json({ id: 'b', status }) });
		const { items } = await run({
			resource: 'batch',
			operation: 'get',
			fields: { batchId: 'b' },
			options: { waitForCompletion: false },
		});
		expect(items.map((item) => item.json)).toMatchObject([{ status, ended: false }]);
	},
);

test('a result of a batch that cannot be read does not lose the others', async () => {
	const result = (id: string) =>
		JSON.stringify({
			custom_id: id,
			result: { type: 'succeeded', message: { content: [{ type: 'text', text: id }] } },
		});
	script({
		'GET /v1/batches': bytes(`\uFEFF${result('a')}\n{"custom_id":"b","res\n${result('c')}`),
	});
	const { items } = await run({
		resource: 'batch',
		operation: 'get',
		fields: { batchId: 'batch' },
	});
	expect(items.map(({ json: { text, error } }) => text ?? error)).toMatchObject([
		'a',
		{ message: expect.stringContaining("can't be read"), text: '{"custom_id":"b","res' },
		'c',
	]);
});

test.each<[string, INodeParameters, string]>([
	['Prompt', { prompt: '={{ $json }}' }, "'Prompt' must be text, but is an object"],
	['Prompt', { prompt: '={{ NaN }}' }, "'Prompt' must be text, but is NaN"],
	[
		'URL',
		{ files: { values: [{ source: 'url', url: '={{ [1] }}' }] } },
		"'URL' isn't valid: a list",
	],
	[
		'Parameter Name or ID',
		{
			files: { values: [{ source: 'url', url: 'http://x.test/a.png', parameter: '={{ $json }}' }] },
		},
		"'Parameter Name or ID' must be text, but is an object",
	],
])("an object in '%s' is refused before anything is sent", async (_, fields, message) => {
	script({});
	expect(errorOf(await image({ fields, settings: continuing })).message).toBe(message);
	expect(api.count('POST')).toBe(0);
});

test.each([
	['generation', { kind: 'video', generationId: 'a\ud83d' }, 'GET /v2/video/generations'],
	['generation', { kind: 'transcription', generationId: 'a\ud83d' }, 'GET /v1/stt/a%EF%BF%BD'],
	['batch', { batchId: 'a\ud83d' }, 'GET /v1/batches'],
])('half a character in the ID of a %s is sent as U+FFFD', async (resource, fields, sent) => {
	script({});
	const options = { waitForCompletion: false };
	await run({ resource, operation: 'get', fields, options, settings: continuing });
	expect(api.count(sent)).toBe(1);
	expect(decodeURIComponent(api.requests[0].url)).toContain('a\ufffd');
});

test("invisible characters in a model's ID are removed", async () => {
	script({ [IMAGE]: json({ data: [{ b64_json: PNG.toString('base64') }] }) });
	await run({ resource: 'image', model: '\u200bm\ufeff' });
	expect(api.requests.at(-1)!.body).toMatchObject({ model: 'm' });
});

test.each([['={{ $json.nope }}'], ['={{ undefined }}'], ['={{ null }}']])(
	"a 'Generation ID' of %s is empty, not 'undefined'",
	async (generationId) => {
		script({});
		const fields = { kind: 'video', generationId };
		const result = await run({
			resource: 'generation',
			operation: 'get',
			fields,
			settings: continuing,
		});
		expect(errorOf(result).message).toBe("'Generation ID' is empty");
		expect(api.requests).toEqual([]);
	},
);

test.each([
	['empty', '', 'image/png', 'is empty (0 bytes)'],
	['a page', '<html>no', '', 'is a web page'],
	['JSON', '{"a":1}', 'image/png', 'is JSON'],
])('a file of the item that is %s is refused before it is paid for', async (...row) => {
	const [, text, mimeType, problem] = row;
	script({});
	const photo = { data: Buffer.from(text).toString('base64'), mimeType, fileName: 'photo.png' };
	const result = await image({
		fields: { files: { values: [{ source: 'binary', binaryPropertyName: 'photo' }] } },
		items: [{ json: {}, binary: { photo } }],
		settings: continuing,
	});
	expect(errorOf(result).message).toBe(`The file photo.png ${problem}`);
	expect(api.count('POST')).toBe(0);
});

test('the cost of a lost answer is in the cost of its item', async () => {
	const lost: Answer = (response) => {
		response.writeHead(200, { 'x-aimlapi-usd-spent': '0.25', 'content-length': '100' });
		response.write('{', () => void sleep(20).then(() => response.destroy()));
	};
	script({
		[SPEECH]: inTurn(lost, json({ audio: { url: file('a.mp3') }, ...paid })),
		'GET /files/a.mp3': bytes(Buffer.from('ID3 sound'), 'audio/mpeg'),
	});
	const { items } = await speech({ options: { maxRetries: 1 } });
	expect(items[0].json.cost).toEqual({ usd: USD + 0.25, credits: 1_500_000 });
});

describe('keys and passwords', () => {
	const known = 'aiml-0123456789abcdef0123';

	test.each([
		`bad key Bearer ${known}`,
		`the key ${known} is not known`,
		`bad key ${known.slice(0, 15)}…`,
	])('keys that an answer repeats are masked: %s', async (message) => {
		script({ [IMAGE]: json({ message }, 401) });
		const result = await image({
			credential: { apiKey: known, url: api.url },
			settings: continuing,
		});
		expect(errorOf(result).message).toContain('***');
		expect(everythingIn(result)).not.toContain(known.slice(0, 12));
	});

	test('a password in the host is not in the error', async () => {
		const result = await image({
			credential: { apiKey: 'key', url: 'http://user:PASSWORD@127.0.0.1:9' },
		});
		expect(result.error?.message).toContain('127.0.0.1:9');
		expect(everythingIn(result)).not.toContain('PASSWORD');
	});
});
