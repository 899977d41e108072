import { useSandbox } from '../../support/useSandbox';
import { makeWav } from '../../../sandbox/media/wav';
import { runOperation, type OperationRun } from '../../engine/operationRun';

const sandbox = useSandbox();

const run = async (operation: string, model: string, { fields, ...rest }: Partial<OperationRun>) =>
	await runOperation(sandbox, {
		resource: 'audio',
		operation,
		model,
		...rest,
		fields: { options: { pollInterval: 0.05 }, ...fields },
	});
const speak = async (model: string, more: Partial<OperationRun> = {}) =>
	await run('speak', model, { ...more, fields: { text: 'Good morning', ...more.fields } });
const transcribe = async (model: string, more: Partial<OperationRun> = {}) =>
	await run('transcribe', model, { items: [recording], ...more });
const posts = () => sandbox.requestLog.calls.filter(({ method }) => method === 'POST');
const bytesOf = (binary: { data: string }) => Buffer.from(binary.data, 'base64');

const wav = makeWav(0.5, 440);
const OGG = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('OpusHead')]);
const recording = {
	json: {},
	binary: {
		data: { data: wav.toString('base64'), mimeType: 'audio/wav', fileName: 'meeting.wav' },
	},
};
const files = (entry: Record<string, string>) => ({ files: { values: [entry] as never[] } });

describe('speech', () => {
	test.each([
		['an address in an object', 'openai/gpt-4o-mini-tts', {}],
		['an address', 'sandbox/tts-address', {}],
		['the sound itself', 'sandbox/tts-bytes', {}],
		['the sound itself without its type', 'sandbox/tts-octet-stream', {}],
		[
			'the sound itself, as a model does that streams by default',
			'elevenlabs/eleven_turbo_v2_5',
			{},
		],
		['an address, streaming switched off', 'elevenlabs/eleven_turbo_v2_5', { stream: false }],
	])('speech becomes a file, given as %s', async (_, model, modelParameters) => {
		const { items, error } = await speak(model, { modelParameters });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const { json, binary, pairedItem } = items[0];
		expect(json).toMatchObject({ mimeType: expect.stringMatching(/^audio\//), index: 0, model });
		expect(json.fileSize).toBe(bytesOf(binary!.data).length);
		expect(json.fileName).toMatch(/\.(mp3|wav)$/);
		expect(pairedItem).toEqual({ item: 0 });
	});

	test('speech in base64 within JSON becomes a file, too', async () => {
		const body = JSON.stringify({ audio: wav.toString('base64') });
		sandbox.faults.set([{ when: { path: '/v1/tts' }, do: { body } }]);
		const { items, error } = await speak('openai/gpt-4o-mini-tts');
		expect(error).toBeUndefined();
		expect(items[0].json.mimeType).toBe('audio/wav');
		expect(bytesOf(items[0].binary!.data)).toEqual(wav);
	});

	test("the text to speak is sent under the name in the model's schema", async () => {
		const { error } = await speak('microsoft/vibevoice-1.5b');
		expect(error).toBeUndefined();
		expect(posts()[0].body).toEqual({ model: 'microsoft/vibevoice-1.5b', script: 'Good morning' });
	});

	test('a text that is too long for the model is refused before it is sent', async () => {
		const { error } = await speak('elevenlabs/eleven_turbo_v2_5', {
			fields: { text: 'x'.repeat(5001) },
		});
		expect(error?.message).toBe(
			"'Text' must be a string of 1 to 5000 characters, but has 5001 characters",
		);
		expect(posts()).toHaveLength(0);
	});

	test('an empty text to speak is refused before it is sent', async () => {
		const { error } = await speak('openai/gpt-4o-mini-tts', {
			fields: { text: '={{ $json.nothing }}' },
		});
		expect(error?.message).toContain("needs 'Text'");
		expect(error?.description).toContain('check that the field it reads exists');
		expect(posts()).toHaveLength(0);
	});

	test("speech that is the API's body itself is a file without 'Simplify', too", async () => {
		const { items } = await speak('sandbox/tts-bytes', {
			fields: { options: { simplify: false } },
		});
		expect(items[0].binary!.data.mimeType).toMatch(/^audio/);
	});

	test('an empty answer instead of speech is an error', async () => {
		sandbox.faults.set([{ when: { path: '/v1/tts' }, do: { body: '' } }]);
		const { error } = await speak('openai/gpt-4o-mini-tts', {
			fields: { options: { maxRetries: 0 } },
		});
		expect(error?.message).toBe('The answer is empty');
	});
});

describe('a transcription', () => {
	test.each(['#g1_nova-2-general', 'aai/universal', 'openai/gpt-4o-mini-transcribe'])(
		'a file of the item is uploaded in a form and transcribed by %s',
		async (model) => {
			const { items, error } = await transcribe(model);
			expect(error).toBeUndefined();
			const [{ body }] = posts();
			const uploaded = Object.values(body as object).find((value) => typeof value === 'object');
			expect(uploaded).toMatchObject({
				originalname: 'meeting.wav',
				mimetype: 'audio/wav',
				size: wav.length,
			});
			expect(items).toEqual([
				{
					json: expect.objectContaining({
						text: expect.stringContaining('what was said in meeting.wav'),
						model,
						id: expect.any(String),
						duration: 12,
						cost: { usd: posts()[0].usd, credits: posts()[0].credits },
					}),
					pairedItem: { item: 0 },
				},
			]);
		},
	);

	test('a file on the web is transcribed by its URL', async () => {
		const url = 'https://example.com/call.mp3';
		const { items, error } = await transcribe('#g1_nova-2-general', {
			fields: files({ source: 'url', url }),
		});
		expect(error).toBeUndefined();
		expect(posts()[0].body).toEqual({ model: '#g1_nova-2-general', url });
		expect(items[0].json.text).toContain('call.mp3');
	});

	test.each(['#g1_nova-2-general', 'aai/universal'])(
		'a transcription by %s has a segment for each stretch of a speaker, in seconds',
		async (model) => {
			const { json } = (
				await transcribe(model, {
					modelParameters: model.startsWith('aai') ? { speaker_labels: true } : { diarize: true },
				})
			).items[0];
			expect(json.segments).toEqual([
				{ start: 0, end: 12, text: json.text, speaker: expect.any(String) },
			]);
		},
	);

	test('a transcription under `output`, as in the schema, is read', async () => {
		const { items } = await transcribe('sandbox/stt-output', {
			fields: files({ source: 'url', url: 'https://example.com/call.mp3' }),
		});
		expect(items[0].json.text).toContain('call.mp3');
	});

	test('a transcription that failed at the provider is an error, although the API calls it completed', async () => {
		const { error } = await transcribe('sandbox/stt-inner-error', {
			fields: files({ source: 'url', url: 'https://example.com/call.mp3' }),
		});
		expect(error?.message).toBe('The recording cannot be read');
	});

	test('a transcription can be started, and read later by its ID', async () => {
		const options = { waitForCompletion: false };
		const { items } = await transcribe('#g1_nova-2-general', { fields: { options } });
		const { generationId, kind } = items[0].json;
		expect(kind).toBe('transcription');
		const later = await runOperation(sandbox, {
			resource: 'generation',
			operation: 'get',
			fields: {
				kind: String(kind),
				generationId: String(generationId),
				options: { pollInterval: 0.05 },
			},
		});
		expect(later.items[0].json.text).toContain('meeting.wav');
		expect(posts()).toHaveLength(1);
	});

	test.each([
		['audio/ogg; codecs=opus', 'voice.ogg', OGG, 'audio/ogg'],
		['application/octet-stream', 'voice', OGG, 'audio/ogg'],
		['', '', wav, 'audio/wav'],
		[undefined, undefined, wav, 'audio/wav'],
	])(
		'a recording with the type %j and the name %j is uploaded with its real type',
		async (mimeType, fileName, content, mimetype) => {
			const data = { data: content.toString('base64'), mimeType: mimeType as string, fileName };
			const { error } = await transcribe('#g1_nova-2-general', {
				items: [{ json: {}, binary: { data } }],
			});
			expect(error).toBeUndefined();
			expect(posts()[0].body).toMatchObject({ audio: { mimetype, size: content.length } });
		},
	);

	test('a transcription without a recording is refused before it is sent', async () => {
		const { error } = await transcribe('#g1_nova-2-general', { items: [{ json: {} }] });
		expect(error?.message).toBe("The item has no binary field 'data'");
		expect(posts()).toHaveLength(0);
	});

	test('an upload that gets a 503 is sent again as a whole', async () => {
		sandbox.faults.set([{ when: { path: '/v1/stt/create', nth: [1] }, do: { status: 503 } }]);
		const { items, error } = await transcribe('#g1_nova-2-general');
		expect(error).toBeUndefined();
		expect(items[0].json.text).toContain('meeting.wav');
		expect(posts()).toHaveLength(2);
	});
});

describe('music', () => {
	test.each([
		['elevenlabs/eleven_music', { music_length_ms: 10_000 }],
		['minimax/music-2.0', { lyrics: 'La la la la la la' }],
		['stable-audio', { seconds_total: 2 }],
	])('music of %s becomes a file when it is ready', async (model, modelParameters) => {
		const { items, error } = await run('compose', model, {
			modelParameters,
			fields: { prompt: 'Calm piano, rain' },
		});
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			mimeType: expect.stringMatching(/^audio\//),
			model,
			cost: { usd: posts()[0].usd, credits: posts()[0].credits },
		});
		expect(items[0].json.fileSize).toBe(bytesOf(items[0].binary!.data).length);
		expect(posts()).toHaveLength(1);
	});

	test('music can be started, and read later by its ID', async () => {
		const { items } = await run('compose', 'stable-audio', {
			fields: { prompt: 'Rain', options: { waitForCompletion: false } },
		});
		const { generationId, kind } = items[0].json;
		expect(kind).toBe('music');
		const later = await runOperation(sandbox, {
			resource: 'generation',
			operation: 'get',
			fields: {
				kind: 'music',
				generationId: String(generationId),
				options: { pollInterval: 0.05 },
			},
		});
		expect(later.items[0].json).toMatchObject({ mimeType: expect.stringMatching(/^audio\//) });
	});
});
