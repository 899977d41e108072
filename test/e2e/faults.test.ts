import type { Execution } from '../../harness/n8nRest';
import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import { chatModel, modelChain } from '../../harness/workflows/agents';
import {
	aimlApiNode,
	byId,
	chain,
	itemNodes,
	LANGCHAIN,
	type NodePart,
	type Workflow,
} from '../../harness/workflows/workflow';
import type { FaultRule } from '../../sandbox';
import { json, startScriptedServer, type ScriptedServer } from '../engine/scriptedServer';
import { useN8n } from '../support/useN8n';

/**
 * One of each kind of broken answer, file, job and tool call in the real n8n: no error passes as success,
 * and what was paid for is kept or reported.
 */

jest.setTimeout(900_000);

const MADE_UP = 'aiml-0123456789abcdef0123';
const CHAT = '/v1/chat/completions';
const IMAGES = '/v1/images/generations';
const VIDEOS = '/v2/video/generations';
const content = '={{ $json.prompt }}';

/** Nodes that output an item for each prompt. */
const promptNodes = (prompts: unknown[]): NodePart[] =>
	itemNodes('Prompts', JSON.stringify({ rows: prompts.map((prompt) => ({ prompt })) }));
const continuing = (part: NodePart): NodePart => ({
	...part,
	...{ onError: 'continueRegularOutput' },
});
const retrying = (part: NodePart): NodePart => ({
	...part,
	...{ retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
});

const completion = (message: object, more: object = {}) => ({
	id: 'c1',
	choices: [{ index: 0, finish_reason: 'stop', message, ...more }],
	meta: { usage: { usd_spent: 0.25, credits_used: 500_000 } },
});
const said = (words: unknown) => completion({ role: 'assistant', content: words });
const body = (value: unknown) => ({ body: JSON.stringify(value) });

/** What is asked, how it is answered, and what comes of it. */
const ANSWERS: Array<[prompt: unknown, action: FaultRule['do'] | undefined, outcome: object]> = [
	[
		'an error inside a choice',
		body(
			completion(
				{ role: 'assistant', content: '' },
				{ finish_reason: 'error', error: { code: 400, message: 'Upstream exploded' } },
			),
		),
		{ error: { message: 'Upstream exploded', cost: { usd: 0.25 } } },
	],
	['half an answer', { truncate: true }, { error: { httpStatus: 200 } }],
	[
		'a stream without its end',
		{
			body: 'data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\n',
			contentType: 'text/event-stream',
		},
		{ error: { text: 'Hello', message: expect.stringContaining('ended before it was complete') } },
	],
	[
		'an answer of nothing',
		body(said('')),
		{ error: { message: expect.stringContaining('returned nothing') } },
	],
	[
		'a page under 413',
		{ status: 413, body: '<html><title>413</title></html>', contentType: 'text/html' },
		{ error: { description: expect.stringContaining('Send smaller') } },
	],
	[
		'a key that is repeated',
		{ status: 401, body: JSON.stringify({ message: `bad key Bearer ${MADE_UP}` }) },
		{ error: { message: expect.stringContaining('***') } },
	],
	[
		{ an: 'object' },
		undefined,
		{ error: { message: expect.stringContaining('neither text nor a list') } },
	],
	['a mark in front', { body: `\ufeff${JSON.stringify(said('fine'))}` }, { text: 'fine' }],
	['a text in parts', body(said([{ type: 'text', text: 'fine' }])), { text: 'fine' }],
	[
		'half a character \ud83d',
		undefined,
		{ text: expect.stringContaining('half a character \ufffd') },
	],
];

const chat = chain('faultsOfChat', [
	...promptNodes(ANSWERS.map(([prompt]) => prompt)),
	continuing(
		aimlApiNode('Ask', {
			messages: { values: [{ role: 'user', content }] },
			options: { maxRetries: 0 },
		}),
	),
]);
const images = chain('faultsOfImages', [
	...promptNodes(['a page', 'a cut file']),
	continuing(
		aimlApiNode('Draw', {
			resource: 'image',
			operation: 'generate',
			model: byId('flux/schnell'),
			prompt: content,
		}),
	),
]);
const video = chain('faultsOfVideos', [
	retrying(
		aimlApiNode('Film', {
			resource: 'video',
			operation: 'generate',
			model: byId('google/veo-3.1-t2v-fast'),
			prompt: 'A boat',
			options: { maxRetries: 0, pollInterval: 0.1 },
		}),
	),
]);
const agentOf = (mcpUrl: string): Workflow =>
	modelChain(
		'faultsOfAgents',
		[],
		{
			name: 'Agent',
			type: `${LANGCHAIN}.agent`,
			typeVersion: 3.1,
			parameters: { promptType: 'define', text: 'Get both files.', options: {} },
		},
		chatModel('openai/gpt-4o-mini'),
		[
			{
				name: 'MCP',
				type: `${LANGCHAIN}.mcpClientTool`,
				typeVersion: 1.2,
				parameters: { endpointUrl: `${mcpUrl}/mcp`, authentication: 'none', options: {} },
				connection: 'ai_tool',
				serves: ['Agent'],
			},
		],
	);

/** An MCP server whose only tool has a space in its name. */
const startMcp = async (): Promise<ScriptedServer> =>
	await startScriptedServer(async (response, request) => {
		const { id, method, params } = (request.body ?? {}) as {
			id?: number;
			method?: string;
			params?: { arguments?: unknown; protocolVersion?: string };
		};
		const results: Record<string, object> = {
			initialize: {
				protocolVersion: params?.protocolVersion,
				capabilities: { tools: {} },
				serverInfo: { name: 'files', version: '1' },
			},
			'tools/list': {
				tools: [
					{
						name: 'Get File',
						description: 'Gets a file',
						inputSchema: { type: 'object', properties: { path: { type: 'string' } } },
					},
				],
			},
			'tools/call': { content: [{ type: 'text', text: JSON.stringify(params?.arguments) }] },
		};
		const result = results[method ?? ''];
		if (!result) return void response.writeHead(request.method === 'GET' ? 405 : 202).end();
		await json({ jsonrpc: '2.0', id, result })(response, request);
	});

let files: ScriptedServer;

beforeAll(async () => {
	files = await startMcp();
});
const n8n = useN8n(async () => {
	const workflows = [chat, images, video, agentOf(files.url)];
	return await preparedN8n(workflows, { apiKey: MADE_UP });
});
afterAll(async () => await files?.close());

const run = async ({ id }: Workflow, faults: FaultRule[]): Promise<Execution> => {
	n8n.sandbox.faults.set(faults);
	return await n8n.rest.runWorkflow(id, 'Run');
};
const jsonsOf = ({ data }: Execution, node: string) => itemsOf(data, node).map((item) => item.json);
const posts = (path: string) =>
	n8n.sandbox.requestLog.calls.filter((call) => call.method === 'POST' && call.path === path);

test('every kind of broken answer is an error that says why, and every odd one is read', async () => {
	const faults = ANSWERS.flatMap(([prompt, action]) =>
		action ? [{ when: { path: CHAT, contains: String(prompt) }, do: action }] : [],
	);
	const execution = await run(chat, faults);
	expect(jsonsOf(execution, 'Ask')).toMatchObject(ANSWERS.map(([, , outcome]) => outcome));
	expect(posts(CHAT)).toHaveLength(ANSWERS.length - 1);
	expect(JSON.stringify(execution)).not.toContain(MADE_UP);
});

test('a page is no image, and a file that breaks off is fetched again', async () => {
	const drawn = (name: string) => body({ data: [{ url: `${n8n.sandbox.url}/files/${name}` }] });
	const gif = { body: `GIF89a${'.'.repeat(1000)}`, contentType: 'image/gif' };
	const execution = await run(images, [
		{ when: { path: IMAGES, contains: 'a page' }, do: drawn('page.gif') },
		{ when: { path: IMAGES, contains: 'a cut file' }, do: drawn('cut.gif') },
		{ when: { path: '/files/page.gif' }, do: { html: true, status: 200 } },
		{ when: { path: '/files/cut.gif', nth: 1 }, do: { ...gif, reset: 'body' } },
		{ when: { path: '/files/cut.gif' }, do: gif },
	]);
	expect(jsonsOf(execution, 'Draw')).toMatchObject([
		{ error: { message: expect.stringContaining('page.gif is a web page') } },
		{ fileName: 'cut.gif', mimeType: 'image/gif', fileSize: 1006 },
	]);
	expect(posts(IMAGES)).toHaveLength(2);
});

test("a job whose poll fails is paid once under 'Retry On Fail', whatever its states are called", async () => {
	const poll = { method: 'GET', path: VIDEOS };
	const execution = await run(video, [
		{ when: { ...poll, nth: 1 }, do: { status: 401 } },
		{ when: { ...poll, nth: 1 }, do: body({ status: 'IN_QUEUE' }) },
		{ when: { ...poll, nth: 1 }, do: body({ task_status: 'Preparing' }) },
	]);
	expect(execution.status).toBe('success');
	expect(jsonsOf(execution, 'Film')).toMatchObject([
		{ mimeType: 'video/mp4', cost: { usd: n8n.sandbox.requestLog.usd } },
	]);
	expect(posts(VIDEOS)).toHaveLength(1);
	expect(n8n.sandbox.requestLog.usd).toBeGreaterThan(0);
});

test('an agent uses a tool whose name models refuse, by calls without IDs and with arguments encoded twice', async () => {
	const calls = ['a.txt', 'b.txt'].map((path) => ({
		id: '',
		type: 'function',
		function: { name: 'MCP_Get_File', arguments: JSON.stringify(JSON.stringify({ path })) },
	}));
	const asked = completion(
		{ role: 'assistant', content: null, tool_calls: calls },
		{ finish_reason: 'tool_calls' },
	);
	const execution = await run(agentOf(files.url), [
		{ when: { path: CHAT, nth: 1 }, do: body(asked) },
		{ when: { path: CHAT, nth: 1 }, do: body(said('Got both.')) },
	]);
	expect(jsonsOf(execution, 'Agent')).toMatchObject([{ output: 'Got both.' }]);
	const [first, second] = posts(CHAT).map((call) => call.body as Record<string, object[]>);
	expect(first.tools).toMatchObject([{ function: { name: 'MCP_Get_File' } }]);
	const results = second.messages.filter((message) => 'tool_call_id' in message);
	const ids = results.map((message) => (message as { tool_call_id: string }).tool_call_id);
	expect(new Set(ids).size).toBe(2);
	expect(JSON.stringify(results)).toMatch(/a\.txt.*b\.txt/);
});
