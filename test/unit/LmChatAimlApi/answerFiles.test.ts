import { makePng } from '../../../sandbox/media/png';
import { runChatModel, WAYS } from '../../engine/chatModelRun';
import { reply, startScriptedServer } from '../../engine/scriptedServer';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox({ chunkDelayMs: 0 });
const DRAW = [{ role: 'user', content: 'Draw a circle' }];

describe.each(Object.entries(WAYS))('an answer that is an image, %s,', (_, ask) => {
	test('an image as the whole answer does not fail, and says where n8n could not keep the file under an address', async () => {
		const { answers, error } = await runChatModel(
			sandbox,
			{ model: 'sandbox/image-answer' },
			async (model) => (await ask(model, DRAW)).text,
		);
		expect(error).toBeUndefined();
		expect(answers[0]).toMatch(/^\[image-1\.png: .*N8N_DEFAULT_BINARY_DATA_MODE/);
	});
});

test('an image with an address is shown by it, behind the text', async () => {
	const url = 'https://files.example.com/circle.png';
	const message = { content: 'Here:', images: [{ image_url: { url } }] };
	const api = await startScriptedServer(
		reply({ body: { id: 'c1', choices: [{ index: 0, finish_reason: 'stop', message }] } }),
	);
	const { answers } = await runChatModel(api, {}, async (model) => (await model.invoke(DRAW)).text);
	await api.close();
	expect(answers).toEqual([
		expect.stringMatching(/^Here:\n\n!\[\S+\]\(https:\/\/files\.example\.com\/circle\.png\)$/),
	]);
});

test('the bytes of an image are no part of what n8n remembers of the answer', async () => {
	const { answers } = await runChatModel(
		sandbox,
		{ model: 'sandbox/image-answer' },
		async (model) => JSON.stringify(await model.invoke(DRAW)),
	);
	const bytes = makePng(64, 64, 0.6).toString('base64');
	expect(answers[0]).not.toContain(bytes.slice(0, 100));
});
