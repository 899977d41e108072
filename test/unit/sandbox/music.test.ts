import { useSandbox } from '../../support/useSandbox';
import { read } from './client';
import { fetchFile, post } from './media';

const path = '/v2/generate/audio';
const sandbox = useSandbox({ jobPace: { pollsUntilDone: 1 } });

const start = async (model: string, more: object = {}) =>
	await post(sandbox, path, { model, prompt: 'A slow waltz', ...more });

/** The last answer about a job. */
async function compose(model: string, more: object = {}) {
	const { body } = await start(model, more);
	const { body: last } = await read(
		sandbox,
		`${path}?generation_id=${encodeURIComponent(body.id)}`,
	);
	expect(last).toMatchObject({ id: body.id, status: 'completed' });
	return last;
}

test('music is a job whose last answer has the URL of the piece and its cost', async () => {
	const last = await compose('elevenlabs/eleven_music', { music_length_ms: 20_000 });
	expect(last.audio_file).toEqual({ url: expect.stringMatching(/\.wav$/) });
	expect(last.meta.usage.usd_spent).toBe(0.2);
	expect(sandbox.requestLog.calls[0]).toMatchObject({ startedJob: last.id, usd: 0.2 });
	const { type, bytes } = await fetchFile(last.audio_file.url);
	expect(type).toBe('audio/wav');
	expect(bytes).toHaveLength(44 + 20 * 16_000);
});

test('music of some models comes with a description of the file', async () => {
	const { audio_file: file } = await compose('stable-audio', { seconds_total: 2 });
	expect(file).toMatchObject({ content_type: 'audio/wav', file_name: 'output.wav' });
	expect((await fetchFile(file.url)).bytes).toHaveLength(file.file_size);
});

test('music of MiniMax has more details, and the requested format', async () => {
	const song = { lyrics: 'La la la la la', audio_setting: { format: 'mp3' } };
	const last = await compose('minimax/music-2.0', song);
	expect(last).toMatchObject({
		audio_file: { url: expect.stringMatching(/\.mp3$/) },
		extra_info: { music_duration: 20_000 },
		trace_id: expect.any(String),
	});
});

test('music is not started without what the model needs', async () => {
	const { status, body } = await start('minimax/music-2.0');
	expect(status).toBe(400);
	expect(body.errors[0].path).toBe('lyrics');
});

test('music is not known at the endpoint for videos', async () => {
	const { body } = await start('stable-audio');
	const query = `generation_id=${encodeURIComponent(body.id)}`;
	expect((await read(sandbox, `/v2/video/generations?${query}`)).status).toBe(404);
});
