import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { makePng } from '../../../sandbox/media/png';
import { makeWav } from '../../../sandbox/media/wav';
import { chatCalls, runChat, type ChatRun } from '../../engine/chatRun';
import { runOperation } from '../../engine/operationRun';
import { reply, type Reply } from '../../engine/scriptedServer';
import { useSandbox } from '../../support/useSandbox';
import { useScriptedServer } from '../../support/useScriptedServer';

const api = useScriptedServer();

const PNG = makePng(8, 8, 0.5);
const WAV = makeWav(0.01, 440);
const png = PNG.toString('base64');
const wav = WAV.toString('base64');
const PNG_URL = `data:image/png;base64,${png}`;

async function ask(answer: Reply, run: ChatRun = {}): Promise<INodeExecutionData[]> {
	api.answer(reply(answer));
	const { items, error } = await runChat(api, run);
	expect(error).toBeUndefined();
	return items;
}

const completion = (message: object): Reply => ({
	body: { id: 'c1', choices: [{ index: 0, finish_reason: 'stop', message }] },
});

const stream = (deltas: object[]): Reply => ({
	headers: { 'content-type': 'text/event-stream' },
	body: [
		...deltas.map((delta) => ({ id: 'c1', choices: [{ index: 0, delta }] })),
		{ id: 'c1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
	]
		.map((event) => `data: ${JSON.stringify(event)}\n\n`)
		.join(''),
});

const bytesOf = ({ binary }: INodeExecutionData, field = 'data') =>
	Buffer.from(binary![field].data, 'base64');

const image = { type: 'image_url', image_url: { url: PNG_URL } };

test.each<[string, object]>([
	['an entry of images', { content: '', images: [image] }],
	['an entry of images with a bare address', { content: null, images: [PNG_URL] }],
	['an address in a part', { content: [image] }],
	['inline_data', { content: [{ inline_data: { mime_type: 'image/png', data: png } }] }],
	['inlineData', { content: [{ inlineData: { mimeType: 'image/png', data: png } }] }],
	['b64_json', { content: [{ type: 'image', b64_json: png }] }],
	['b64_json in an image', { content: [{ type: 'output_image', image: { b64_json: png } }] }],
	[
		'a source in Anthropic’s form',
		{
			content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }],
		},
	],
	['an image in Markdown', { content: `![picture](${PNG_URL})` }],
	['a data URL alone in its line', { content: PNG_URL }],
])('an image becomes a binary, given as %s', async (_, message) => {
	const [item, ...others] = await ask(completion({ role: 'assistant', ...message }));
	expect(others).toEqual([]);
	expect(bytesOf(item).equals(PNG)).toBe(true);
	expect(item.json).toMatchObject({
		text: '',
		files: [
			{
				mimeType: 'image/png',
				fileName: 'image-1.png',
				fileSize: PNG.length,
				binaryField: 'data',
			},
		],
	});
	expect(JSON.stringify(item.json)).not.toContain(png);
});

test('the text around an image stays, and so does code with a data URL in it', async () => {
	const code = `Use this:\n\n\`\`\`css\n.logo { background: url(${PNG_URL}) }\n\`\`\``;
	const [drawn] = await ask(completion({ content: `Here you are:\n\n![it](${PNG_URL})` }));
	const [written] = await ask(completion({ content: code }));
	expect(drawn.json.text).toBe('Here you are:');
	expect(bytesOf(drawn).equals(PNG)).toBe(true);
	expect(written.json.text).toBe(code);
	expect(written.binary).toBeUndefined();
});

test('each file of an answer has a binary field, the first one the chosen field', async () => {
	const [item] = await ask(
		completion({ content: 'Two', images: [PNG_URL], audio: { data: wav, transcript: 'Hi' } }),
		{ fields: { options: { outputField: 'media' } } },
	);
	expect(Object.keys(item.binary!)).toEqual(['media', 'media_1']);
	expect(bytesOf(item, 'media_1').equals(WAV)).toBe(true);
	expect(item.binary!.media_1.mimeType).toBe('audio/wav');
});

test('speech has its transcript as text, and raw samples the requested format as their type', async () => {
	const samples = Buffer.from([0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]);
	const [item] = await ask(
		completion({ content: null, audio: { data: samples.toString('base64'), transcript: 'Hello' } }),
		{ fields: { options: { extraBody: '{"audio":{"format":"pcm16","voice":"alloy"}}' } } },
	);
	expect(item.json.text).toBe('Hello');
	expect(item.binary!.data).toMatchObject({ mimeType: 'audio/pcm', fileName: 'audio-1.pcm' });
	expect(bytesOf(item).equals(samples)).toBe(true);
});

test.each([
	['padded', [WAV.subarray(0, 100), WAV.subarray(100)]],
	['not padded', [WAV.subarray(0, 99), WAV.subarray(99)]],
])('speech that is streamed in pieces, each %s, is put together', async (_, pieces) => {
	const [first, second] = pieces.map((piece) => piece.toString('base64'));
	const [item] = await ask(
		stream([
			{ role: 'assistant', audio: { id: 'a1', transcript: 'Good ' } },
			{ audio: { data: first } },
			{ audio: { data: second, transcript: 'morning' } },
		]),
		{ fields: { options: { stream: true } } },
	);
	expect(item.json.text).toBe('Good morning');
	expect(bytesOf(item).equals(WAV)).toBe(true);
});

test('a file that cannot be fetched leaves its URL and the text of the answer', async () => {
	const url = 'http://127.0.0.1:9/gone.png';
	const [item] = await ask(completion({ content: 'Look', images: [{ image_url: { url } }] }), {
		fields: { options: { maxRetries: 0 } },
	});
	expect(item.json).toMatchObject({ text: 'Look', files: [{ url, error: expect.any(String) }] });
	expect(item.binary).toBeUndefined();
});

test('an image of the Responses API becomes a binary', async () => {
	api.answer(
		reply({
			body: {
				id: 'r1',
				status: 'completed',
				output: [
					{ type: 'image_generation_call', status: 'completed', result: png },
					{ type: 'message', content: [{ type: 'output_text', text: 'Done' }] },
				],
			},
		}),
	);
	const { items } = await runOperation(api, {
		resource: 'chat',
		operation: 'respond',
		model: 'openai/gpt-5-5-pro',
		fields: { messages: { values: [{ role: 'user', content: 'Draw' }] } } as INodeParameters,
	});
	expect(items[0].json.text).toBe('Done');
	expect(bytesOf(items[0]).equals(PNG)).toBe(true);
});

describe('against the sandbox', () => {
	const sandbox = useSandbox({ chunkDelayMs: 0 });
	test.each([true, false])(
		'an image arrives and is paid once, with Stream %s',
		async (isStreamed) => {
			const { items } = await runChat(sandbox, {
				model: 'sandbox/image-answer',
				fields: { options: { stream: isStreamed } },
			});
			expect(bytesOf(items[0]).subarray(1, 4).toString()).toBe('PNG');
			expect(items[0].json.cost).toMatchObject({ usd: chatCalls(sandbox)[0].usd });
		},
	);
});
