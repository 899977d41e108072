import type { StructuredChunk } from 'n8n-workflow';
import { chatCalls, numberedItems, runChat, type ChatRun } from '../../engine/chatRun';
import type { Api } from '../../engine/operationRun';
import { makePng } from '../../../sandbox/media/png';
import { brokenOffStream, reply } from '../../engine/scriptedServer';
import { useSandbox } from '../../support/useSandbox';
import { useScriptedServer } from '../../support/useScriptedServer';

/** What n8n's chat, or the caller of a webhook, reads while the node runs. */

const sandbox = useSandbox();
const api = useScriptedServer();

async function streamed(run: ChatRun = {}, server: Api = sandbox) {
	const chunks: StructuredChunk[] = [];
	const result = await runChat(server, { ...run, onChunk: (chunk) => void chunks.push(chunk) });
	return { ...result, chunks };
}

const textOf = (chunks: StructuredChunk[], item = 0) =>
	chunks
		.filter(({ type, metadata }) => type === 'item' && metadata.itemIndex === item)
		.map(({ content }) => content)
		.join('');

const bodies = () => chatCalls(sandbox).map(({ body }) => body as { stream?: boolean });

test('the text is streamed in chunks between a begin and an end', async () => {
	const { items, chunks } = await streamed();
	const types = chunks.map(({ type }) => type);
	expect(types[0]).toBe('begin');
	expect(types.at(-1)).toBe('end');
	expect(types.filter((type) => type === 'item').length).toBeGreaterThan(2);
	expect(textOf(chunks)).toBe(items[0].json.text);
	expect(bodies()).toEqual([expect.objectContaining({ stream: true })]);
});

test("an image in the text is in the item's files, and not in the streamed text", async () => {
	const png = `data:image/png;base64,${makePng(8, 8, 0.6).toString('base64')}`;
	const texts = ['Look', `! ![A circle](${png.slice(0, 40)}`, `${png.slice(40)})`, ' Nice!'];
	const choices = texts.map((content) => [{ index: 0, delta: { content } }]);
	choices.push([{ index: 0, delta: {}, finish_reason: 'stop' } as never]);
	const events = choices.map((list) => `data: ${JSON.stringify({ choices: list })}\n\n`);
	api.answer(reply({ headers: { 'content-type': 'text/event-stream' }, body: events.join('') }));
	const { items, chunks } = await streamed({}, api);
	expect(items[0].json.text).toBe('Look!  Nice!');
	expect(Object.keys(items[0].binary ?? {})).toHaveLength(1);
	expect(textOf(chunks)).toBe('Look! Nice!');
});

test('the item is the same as without streaming, with usage and cost', async () => {
	const { items } = await streamed();
	const whole = await runChat(sandbox);
	const { id } = items[0].json;
	expect({ ...whole.items[0].json, id }).toEqual(items[0].json);
});

test('the chunks of each item have its index', async () => {
	const { items, chunks } = await streamed({
		items: numberedItems(3),
		messages: '=Say {{ $json.number }}',
	});
	for (const [index, { json }] of items.entries()) expect(textOf(chunks, index)).toBe(json.text);
});

test("nothing is streamed with 'Stream' off", async () => {
	const { chunks } = await streamed({ fields: { options: { stream: false } } });
	expect(chunks).toEqual([]);
	expect(bodies()[0]).not.toHaveProperty('stream');
});

test("'Stream' alone streams from the API, but not to the caller", async () => {
	const { items } = await runChat(sandbox, { fields: { options: { stream: true } } });
	expect(items[0].json).toMatchObject({ finishReason: 'stop' });
	expect(bodies()).toEqual([expect.objectContaining({ stream: true })]);
});

test('an execution without streaming requests no stream', async () => {
	await runChat(sandbox);
	expect(bodies()[0]).not.toHaveProperty('stream');
});

test('JSON output is streamed in one chunk', async () => {
	const { items, chunks } = await streamed({ fields: { responseFormat: 'json_object' } });
	expect(items[0].json.json).toBeDefined();
	expect(chunks.map(({ type }) => type)).toEqual(['begin', 'item', 'end']);
	expect(JSON.parse(textOf(chunks))).toEqual(items[0].json.json);
});

test('a request that fails before the first word is retried without a trace', async () => {
	sandbox.faults.set([{ when: { path: '/v1/chat/completions', nth: [1] }, do: { status: 503 } }]);
	const { items, chunks } = await streamed();
	expect(chunks.map(({ type }) => type)).not.toContain('error');
	expect(textOf(chunks)).toBe(items[0].json.text);
	expect(chatCalls(sandbox)).toHaveLength(2);
});

test.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'an answer that breaks off after its first words is neither requested again nor from another model (%s)',
	async (onError) => {
		api.answer(brokenOffStream({ delta: { content: 'Hel' } }));
		const options = { fallbackModels: ['z'], retryOnTimeout: true };
		const { chunks } = await streamed({ fields: { options }, settings: { onError } }, api);
		expect(chunks.map(({ type, content = '' }) => [type, content])).toEqual([
			['begin', ''],
			['item', 'Hel'],
			['error', expect.stringContaining('may have been charged')],
		]);
		expect(api.count('POST')).toBe(1);
	},
);

test('an answer that breaks off is an error with the text that arrived', async () => {
	api.answer(brokenOffStream({ delta: { content: 'Hel' } }));
	const { items } = await streamed({ settings: { onError: 'continueRegularOutput' } }, api);
	expect(items[0].json.error).toMatchObject({ text: 'Hel' });
});

test('an answer is complete even if the connection breaks after its last word', async () => {
	api.answer(
		brokenOffStream({ delta: { content: 'Hello' } }, { delta: {}, finish_reason: 'stop' }),
	);
	const { items } = await streamed({}, api);
	expect(items[0].json).toMatchObject({ text: 'Hello', finishReason: 'stop' });
});
