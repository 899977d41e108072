/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters, StructuredChunk } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { chatCalls, numberedItems, runChat, type ChatRun } from '../../engine/chatRun';
import { runNode } from '../../engine/runNode';
import { startScriptedServer, type ScriptedServer } from '../../engine/scriptedServer';

/** What n8n's chat, or the caller of a webhook, reads while the node runs. */

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => {
	sandbox.requestLog.clear();
	sandbox.faults.clear();
});

async function streamed(run: ChatRun = {}) {
	const chunks: StructuredChunk[] = [];
	const result = await runChat(sandbox, { ...run, onChunk: (chunk) => void chunks.push(chunk) });
	return { ...result, chunks };
}

const textOf = (chunks: StructuredChunk[], item = 0) =>
	chunks
		.filter(({ type, metadata }) => type === 'item' && metadata.itemIndex === item)
		.map(({ content }) => content)
		.join('');

const bodies = () => chatCalls(sandbox).map(({ body }) => body as { stream?: boolean });

test('the text is handed on piece by piece, between a begin and an end', async () => {
	const { items, chunks } = await streamed();
	const types = chunks.map(({ type }) => type);
	expect(types[0]).toBe('begin');
	expect(types.at(-1)).toBe('end');
	expect(types.filter((type) => type === 'item').length).toBeGreaterThan(2);
	expect(textOf(chunks)).toBe(items[0].json.text);
	expect(bodies()).toEqual([expect.objectContaining({ stream: true })]);
});

test('the item is the same as without streaming, with usage and cost', async () => {
	const { items } = await streamed();
	const whole = await runChat(sandbox);
	const { id } = items[0].json;
	expect({ ...whole.items[0].json, id }).toEqual(items[0].json);
});

test('each item is handed on under its own index', async () => {
	const { items, chunks } = await streamed({
		items: numberedItems(3),
		messages: '=Say {{ $json.number }}',
	});
	for (const [index, { json }] of items.entries()) expect(textOf(chunks, index)).toBe(json.text);
});

test("nothing is handed on, nor streamed, with 'Stream' off", async () => {
	const { chunks } = await streamed({ fields: { options: { stream: false } } });
	expect(chunks).toEqual([]);
	expect(bodies()[0]).not.toHaveProperty('stream');
});

test("'Stream' alone reads the answer as it comes and hands nothing on", async () => {
	const { items } = await runChat(sandbox, { fields: { options: { stream: true } } });
	expect(items[0].json).toMatchObject({ finishReason: 'stop' });
	expect(bodies()).toEqual([expect.objectContaining({ stream: true })]);
});

test('an execution that does not stream is not streamed', async () => {
	await runChat(sandbox);
	expect(bodies()[0]).not.toHaveProperty('stream');
});

test('JSON is handed on in one piece, when it is what was asked for', async () => {
	const { items, chunks } = await streamed({ fields: { responseFormat: 'json_object' } });
	expect(items[0].json.json).toBeDefined();
	expect(chunks.map(({ type }) => type)).toEqual(['begin', 'item', 'end']);
	expect(JSON.parse(textOf(chunks))).toEqual(items[0].json.json);
});

test('what goes wrong before the first word is tried again unseen', async () => {
	sandbox.faults.set([{ when: { path: '/v1/chat/completions', nth: [1] }, do: { status: 503 } }]);
	const { items, chunks } = await streamed();
	expect(chunks.map(({ type }) => type)).not.toContain('error');
	expect(textOf(chunks)).toBe(items[0].json.text);
	expect(chatCalls(sandbox)).toHaveLength(2);
});

describe('an answer that breaks off after its first words', () => {
	let server: ScriptedServer;

	beforeAll(async () => {
		server = await startScriptedServer(async (response) => {
			response.setHeader('content-type', 'text/event-stream');
			response.write(
				`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hel' } }] })}\n\n`,
			);
			await sleep(50);
			response.destroy();
		});
	});
	afterAll(async () => await server.close());
	beforeEach(() => void server.requests.splice(0));

	const run = async (settings: Parameters<typeof runNode>[0]['settings']) => {
		const chunks: StructuredChunk[] = [];
		const parameters: INodeParameters = {
			resource: 'chat',
			operation: 'complete',
			model: { __rl: true, mode: 'id', value: 'm' },
			messages: { values: [{ role: 'user', content: 'Hello' }] },
			options: { fallbackModels: ['z'], retryOnTimeout: true },
		};
		const credential = { apiKey: 'key', url: server.url };
		const onChunk = (chunk: StructuredChunk) => void chunks.push(chunk);
		await runNode({ parameters, credential, settings, onChunk });
		return chunks.map(({ type, content = '' }) => [type, content]);
	};
	const posts = () => server.requests.filter(({ method }) => method === 'POST');

	test.each([['stopWorkflow'], ['continueRegularOutput']] as const)(
		'an answer that breaks off after its first words is told once under %s, and neither asked for again nor of another model',
		async (onError) => {
			const chunks = await run({ onError });
			expect(chunks).toEqual([
				['begin', ''],
				['item', 'Hel'],
				['error', expect.stringContaining('may have been charged')],
			]);
			expect(posts()).toHaveLength(1);
		},
	);
});
