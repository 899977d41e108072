import { useSandbox } from '../../support/useSandbox';
import { fetchFile, post, type Fetched } from './media';

const sandbox = useSandbox();

const text = 'Hello there, how are you today?';
const speak = async (model: string, more: object = {}) =>
	await post(sandbox, '/v1/tts', { model, text, ...more });

/** The answer as bytes, whatever it is. */
async function listen(
	model: string,
	more: object = {},
): Promise<Fetched & { cost: string | null }> {
	const response = await fetch(`${sandbox.url}/v1/tts`, {
		method: 'POST',
		headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({ model, text, ...more }),
	});
	return {
		status: response.status,
		type: response.headers.get('content-type'),
		bytes: Buffer.from(await response.arrayBuffer()),
		url: response.url,
		cost: response.headers.get('x-aimlapi-usd-spent'),
	};
}

const isWav = (bytes: Buffer) => bytes.subarray(0, 4).toString() === 'RIFF';
const isMp3 = (bytes: Buffer) => bytes.readUInt16BE(0) === 0xfffb;

test('the speech endpoint answers with the URL of the audio and its cost', async () => {
	const { status, body, headers } = await speak('inworld/tts-1');
	expect(status).toBe(200);
	expect(body).toEqual({
		audio: { url: expect.stringMatching(/\/files\/[\w-]+\.wav$/) },
		meta: { usage: { credits_used: 310, usd_spent: 0.000155 } },
	});
	expect(headers.get('x-aimlapi-credits-used')).toBe('310');
	const file = await fetchFile(body.audio.url);
	expect(file.type).toBe('audio/wav');
	expect(isWav(file.bytes)).toBe(true);
});

test.each([
	['openai/gpt-4o-mini-tts', {}, 'audio/mpeg'],
	['openai/gpt-4o-mini-tts', { response_format: 'wav' }, 'audio/wav'],
	['openai/gpt-4o-mini-tts', { response_format: 'pcm' }, 'audio/pcm'],
	['inworld/tts-1', { format: 'mp3' }, 'audio/mpeg'],
])('%s with %j makes %s', async (model, more, type) => {
	const { body } = await speak(model, more);
	expect((await fetchFile(body.audio.url)).type).toBe(type);
});

test('the speech endpoint answers with the bytes if streaming is the default, without the cost', async () => {
	const { status, type, bytes, cost } = await listen('elevenlabs/eleven_turbo_v2_5');
	expect([status, type, cost]).toEqual([200, 'audio/wav', null]);
	expect(isWav(bytes)).toBe(true);
	expect(sandbox.requestLog.calls[0].credits).toBe(3100);
});

test('the speech endpoint follows stream and the format there too', async () => {
	const format = { output_format: 'mp3_44100_128' };
	const sound = await listen('elevenlabs/eleven_turbo_v2_5', format);
	expect([sound.type, isMp3(sound.bytes)]).toEqual(['audio/mpeg', true]);
	const { body } = await speak('elevenlabs/eleven_turbo_v2_5', { ...format, stream: false });
	expect(body.audio.url).toMatch(/\.mp3$/);
});

test('the speech endpoint takes a script instead of a text', async () => {
	const script = { script: 'Speaker 0: Hello', text: undefined };
	expect((await speak('microsoft/vibevoice-1.5b', script)).status).toBe(200);
});

test('the sound is longer for a longer text', async () => {
	const long = await listen('sandbox/tts-bytes', { text: 'a'.repeat(60) });
	const short = await listen('sandbox/tts-bytes', { text: 'a'.repeat(30) });
	expect(long.bytes.length - 44).toBe(2 * (short.bytes.length - 44));
});

test('sandbox/tts-address has the URL in audio itself', async () => {
	const { body } = await speak('sandbox/tts-address');
	expect(body.audio).toMatch(/^http:.*\.wav$/);
});

test('sandbox/tts-octet-stream has bytes without a specific content type', async () => {
	const { type, bytes } = await listen('sandbox/tts-octet-stream', { format: 'mp3' });
	expect([type, isMp3(bytes)]).toEqual(['application/octet-stream', true]);
});

test('a fault can cut and reset the sound in the middle', async () => {
	const whole = await listen('sandbox/tts-bytes');
	sandbox.faults.set([{ do: { truncate: true } }]);
	const half = await listen('sandbox/tts-bytes');
	expect(half.bytes.length).toBe(Math.floor(whole.bytes.length / 2));
	sandbox.faults.set([{ do: { reset: 'body' } }]);
	await expect(listen('sandbox/tts-bytes')).rejects.toThrow('terminated');
	sandbox.faults.clear();
});

test.each<[string, object, string]>([
	['openai/gpt-4o-mini-tts', { text: '' }, 'text'],
	['openai/gpt-4o-mini-tts', { stream: true }, 'stream'],
	['openai/gpt-4o-mini-tts', { speed: 5 }, 'speed'],
	['inworld/tts-1', { voice: 'alloy' }, 'voice'],
])('%s refuses %j', async (model, more, field) => {
	const { status, body } = await speak(model, more);
	expect(status).toBe(400);
	expect(body.errors[0].path).toBe(field);
});
