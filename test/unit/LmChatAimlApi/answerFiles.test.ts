import { makePng } from '../../../sandbox/media/png';
import { runChatModel, WAYS } from '../../engine/chatModelRun';
import { reply } from '../../engine/scriptedServer';
import { useSandbox } from '../../support/useSandbox';
import { useScriptedServer } from '../../support/useScriptedServer';

const sandbox = useSandbox({ chunkDelayMs: 0 });
const api = useScriptedServer();

const MODEL = { model: 'sandbox/image-answer' };
const DRAW = [{ role: 'user', content: 'Draw a circle' }];

test.each(Object.entries(WAYS))(
	'an answer %s that is an image becomes a text that says how to get a URL of it',
	async (_, ask) => {
		const { answers, error } = await runChatModel(
			sandbox,
			MODEL,
			async (model) => (await ask(model, DRAW)).text,
		);
		expect(error).toBeUndefined();
		expect(answers[0]).toMatch(/^\[image-1\.png: .*N8N_DEFAULT_BINARY_DATA_MODE/);
	},
);

test.each([
	['an image', { images: [{ image_url: { url: 'https://a.test/circle.png' } }] }, '![image-1.png]'],
	['an image', { images: [{ image_url: { url: 'https://a.test/1?size=2' } }] }, '![image-1.png]'],
	['a recording', { audio: { url: 'https://a.test/song.mp3?signature=x' } }, '[audio-1.mp3]'],
	['a document', { images: ['https://a.test/report.pdf'] }, '[file-1.pdf]'],
])('%s with a URL is linked below the text: %j becomes %s(…)', async (_, file, link) => {
	const message = { content: 'Here:', ...file };
	const choices = [{ index: 0, finish_reason: 'stop', message }];
	api.answer(reply({ body: { id: 'c1', choices } }));
	const { answers } = await runChatModel(api, {}, async (model) => (await model.invoke(DRAW)).text);
	const [url] = /https:[^"]*/.exec(JSON.stringify(file))!;
	expect(answers).toEqual([`Here:\n\n${link}(${url})`]);
});

test("the bytes of an image are not in the message that n8n's agents keep", async () => {
	const { answers } = await runChatModel(sandbox, MODEL, async (model) =>
		JSON.stringify(await model.invoke(DRAW)),
	);
	const bytes = makePng(64, 64, 0.6).toString('base64');
	expect(answers[0]).not.toContain(bytes.slice(0, 100));
});
