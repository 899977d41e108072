import { createHash } from 'crypto';
import { useSandbox } from '../../support/useSandbox';
import { read } from './client';
import { post, postForm } from './media';

const path = '/v1/stt/create';
const sandbox = useSandbox();

const url = 'https://example.com/talks/opening.mp3?token=1';
const said = 'This is what was said in opening.mp3. It was a short recording.';

const start = async (model: string, more: object = {}) =>
	await post(sandbox, path, { model, url, ...more });
const poll = async (id: string) => (await read(sandbox, `/v1/stt/${encodeURIComponent(id)}`)).body;

/** The two answers to polls of a job. */
async function follow(id: string) {
	return [await poll(id), await poll(id)];
}

describe('a transcription', () => {
	test('a transcription of Deepgram starts with only an ID, and ends with a result in its form', async () => {
		const { body } = await start('#g1_nova-2-general', { diarize: true });
		const id = body.generation_id;
		expect(body).toEqual({ generation_id: id });
		expect(id).toMatch(/:#g1_nova-2-general$/);

		const [first, last] = await follow(id);
		expect(first).toEqual({ generation_id: id, status: 'generating' });
		expect(last).toMatchObject({
			generation_id: id,
			status: 'completed',
			result: { results: { channels: [{ alternatives: [{ transcript: said }] }] } },
			meta: { usage: { usd_spent: 0.0012 } },
		});
		const [alternative] = last.result.results.channels[0].alternatives;
		expect(alternative.words[0]).toMatchObject({ word: 'this', start: 0, speaker: 0 });
		expect(sandbox.requestLog.calls[0]).toMatchObject({ startedJob: id, usd: 0.0012 });
	});

	test('a transcription has a status of its own with AssemblyAI', async () => {
		const { body } = await start('aai/universal');
		expect(body).toMatchObject({ status: 'queued', result: { status: 'queued', text: null } });
		const [first, last] = await follow(body.generation_id);
		expect(first).toMatchObject({ status: 'generating', result: { status: 'processing' } });
		expect(last).toMatchObject({
			status: 'completed',
			result: { status: 'completed', text: said, error: null },
		});
	});

	test('a transcription is a text with OpenAI', async () => {
		const { body } = await start('openai/gpt-4o-mini-transcribe');
		const [, last] = await follow(body.generation_id);
		expect(last.result).toEqual({ text: said, usage: { type: 'duration', seconds: 12 } });
	});

	test.each(['/v1/stt/', '/stt/'])(
		'a transcription is polled at %s, also with a bare slash',
		async (at) => {
			const { body } = await start('aai/universal');
			expect((await read(sandbox, at + body.generation_id)).status).toBe(200);
			expect((await read(sandbox, `${at}nobody:knows`)).status).toBe(404);
		},
	);

	test('a fault can be injected into the polls of a transcription', async () => {
		const { body } = await start('aai/universal');
		const error = { name: 'TranscriptionError', message: 'No speech' };
		sandbox.faults.set([{ when: { path: '/v1/stt/*', method: 'GET' }, do: { jobError: error } }]);
		const failed = await poll(body.generation_id);
		sandbox.faults.clear();
		expect(failed).toEqual({ generation_id: body.generation_id, status: 'error', error });
	});
});

describe('a recording', () => {
	const bytes = Buffer.from([0x52, 0x49, 0x46, 0x46, 0, 255, 13, 10, 45, 45]);

	test.each([
		['#g1_nova-2-general', 'audio'],
		['openai/gpt-4o-mini-transcribe', 'file'],
	])('a recording is uploaded to %s in the field %s of a form', async (model, field) => {
		const { status, body } = await postForm(sandbox, path, [
			['model', model],
			[field, new File([bytes], 'memo.wav', { type: 'audio/wav' })],
		]);
		expect(status).toBe(200);
		const [, last] = await follow(body.generation_id);
		expect(JSON.stringify(last.result)).toContain('memo.wav');
		expect(sandbox.requestLog.calls[0].body).toEqual({
			model,
			[field]: {
				fieldname: field,
				originalname: 'memo.wav',
				encoding: '7bit',
				mimetype: 'audio/wav',
				size: bytes.length,
				sha256: createHash('sha256').update(bytes).digest('hex'),
			},
		});
	});

	test('a recording comes with parameters that are converted to the types of the schema', async () => {
		const upload = new File([bytes], 'memo.wav');
		const withDiarize = async (value: string) =>
			await postForm(sandbox, path, [
				['model', '#g1_nova-2-general'],
				['audio', upload],
				['diarize', value],
			]);
		const { body } = await withDiarize('true');
		const [, last] = await follow(body.generation_id);
		expect(last.result.results.channels[0].alternatives[0].words[0].speaker).toBe(0);
		const refused = await withDiarize('perhaps');
		expect(refused.status).toBe(400);
		expect(refused.body.errors[0].path).toBe('diarize');
	});

	test.each<[string, Array<[string, string | File]>, string]>([
		['none', [], 'url'],
		['one in a field that the model does not have', [['file', new File(['x'], 'a.wav')]], 'file'],
		['a text where a file should be', [['audio', 'https://example.com/a.mp3']], 'audio'],
	])('a recording is missing: %s', async (_, fields, field) => {
		const { status, body } = await postForm(sandbox, path, [
			['model', '#g1_nova-2-general'],
			...fields,
		]);
		expect(status).toBe(400);
		expect(body.errors[0].path).toBe(field);
		expect(sandbox.requestLog.paidCalls).toBe(0);
	});

	test('a recording is refused in a malformed form', async () => {
		const response = await fetch(sandbox.url + path, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${sandbox.apiKey}`,
				'content-type': 'multipart/form-data; boundary=x',
			},
			body: 'no parts',
		});
		expect(response.status).toBe(400);
	});
});

describe('the result of sandbox/', () => {
	test('the result of sandbox/stt-output is in output, with the ID in id', async () => {
		const { body } = await start('sandbox/stt-output');
		const id = body.generation_id;
		const [, last] = await follow(id);
		expect(last).toEqual({
			id,
			status: 'completed',
			output: { text: said, usage: expect.anything() },
			meta: expect.anything(),
		});
	});

	test('the result of sandbox/stt-inner-error is an error although the job is completed', async () => {
		const { body } = await start('sandbox/stt-inner-error');
		const [, last] = await follow(body.generation_id);
		expect(last).toMatchObject({
			status: 'completed',
			result: { status: 'error', text: null, error: expect.any(String) },
		});
	});
});
