import { parse } from 'flatted';
import type { IRun } from 'n8n-workflow';
import {
	ExecutionCost,
	type ExecutionContext,
} from '../../../../nodes/shared/transport/executionCost';
import { runChatModel, WAYS } from '../../../engine/chatModelRun';
import { numberedItems, runChat } from '../../../engine/chatRun';
import { runEmbeddings } from '../../../engine/embeddingsRun';
import { runOperation } from '../../../engine/operationRun';
import { runInProcesses } from '../../../engine/runInProcess';
import { reply, type Reply } from '../../../engine/scriptedServer';
import { useSandbox } from '../../../support/useSandbox';
import { useScriptedServer } from '../../../support/useScriptedServer';

const sandbox = useSandbox({ chunkDelayMs: 0, jobPace: { pollsUntilDone: 1 } });

const dataOf = (run: IRun) => run.data.resultData.metadata ?? {};
const spent = (run: IRun) => Number(dataOf(run).aimlapi_cost_usd);
const HELLO = [{ role: 'user', content: 'Hello' }];

describe('what the calls of an execution cost, in its custom data', () => {
	test('the figures add up all items of a node, with tokens and number of calls', async () => {
		const { items, run } = await runChat(sandbox, { items: numberedItems(12) });
		const usages = items.map(({ json }) => (json.usage as { totalTokens: number }).totalTokens);
		expect(spent(run)).toBeCloseTo(sandbox.requestLog.usd, 9);
		expect(dataOf(run)).toEqual({
			aimlapi_cost_usd: expect.stringMatching(/^0\.\d+$/),
			aimlapi_tokens: String(usages.reduce((sum, tokens) => sum + tokens)),
			aimlapi_calls: '12',
			aimlapi_cost_by_node: expect.any(String),
		});
		expect(JSON.parse(dataOf(run).aimlapi_cost_by_node)).toEqual({
			'AI/ML API': [expect.closeTo(sandbox.requestLog.usd, 9), 12],
		});
	});

	test('the figures are added to those of other nodes, or of the time before a wait', async () => {
		const before = { aimlapi_cost_usd: '1.5', aimlapi_tokens: '10', aimlapi_calls: '2' };
		const customData = { ...before, aimlapi_cost_by_node: '{"Agent":[1.5,2]}', mine: 'stays' };
		const { run } = await runChat(sandbox, { customData });
		expect(spent(run)).toBeCloseTo(1.5 + sandbox.requestLog.usd, 9);
		expect(dataOf(run)).toMatchObject({ aimlapi_calls: '3', mine: 'stays' });
		expect(Object.keys(JSON.parse(dataOf(run).aimlapi_cost_by_node))).toEqual([
			'Agent',
			'AI/ML API',
		]);
	});

	test('the figures include streamed answers', async () => {
		const { run } = await runChat(sandbox, { fields: { options: { stream: true } } });
		expect(spent(run)).toBeCloseTo(sandbox.requestLog.usd, 9);
	});

	test.each(Object.entries(WAYS))('the figures include the Chat Model, %s', async (_, ask) => {
		const items = numberedItems(2);
		const { run } = await runChatModel(
			sandbox,
			{ items },
			async (model) => await ask(model, HELLO),
		);
		expect(sandbox.requestLog.usd).toBeGreaterThan(0);
		expect(spent(run)).toBeCloseTo(sandbox.requestLog.usd, 9);
		expect(dataOf(run).aimlapi_calls).toBe('2');
	});

	test('the figures include the embeddings of a vector store', async () => {
		const { run } = await runEmbeddings(
			sandbox,
			async (embeddings) => await embeddings.embedDocuments(['one', 'two', 'three']),
			{ fields: { options: { batchSize: 2 } } },
		);
		expect(sandbox.requestLog.usd).toBeGreaterThan(0);
		expect(spent(run)).toBeCloseTo(sandbox.requestLog.usd, 9);
		expect(dataOf(run).aimlapi_calls).toBe('2');
	});

	test.each([
		['video', 'generate', 'google/veo-3.1-t2v-fast', { prompt: 'A fish' }],
		['image', 'generate', 'flux/schnell', { prompt: 'A fish' }],
		['audio', 'speak', 'inworld/tts-1', { text: 'Good morning' }],
		['embedding', 'create', 'text-embedding-3-small', { input: 'Good morning' }],
	])('the figures include %s: %s', async (resource, operation, model, fields) => {
		const { run, error } = await runOperation(sandbox, {
			resource,
			operation,
			model,
			fields: { ...fields, options: { pollInterval: 0.05 } },
		});
		expect(error).toBeUndefined();
		expect(sandbox.requestLog.usd).toBeGreaterThan(0);
		expect(spent(run)).toBeCloseTo(sandbox.requestLog.usd, 9);
		expect(dataOf(run)).toMatchObject({ aimlapi_calls: '1' });
	});

	test('the figures count a paid call once when the node runs again', async () => {
		sandbox.faults.set([{ when: { path: '/v1/chat/completions', nth: 2 }, do: { status: 400 } }]);
		const { run } = await runChat(sandbox, {
			items: numberedItems(3),
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		});
		expect(spent(run)).toBeCloseTo(sandbox.requestLog.usd, 9);
		expect(dataOf(run).aimlapi_calls).toBe(String(sandbox.requestLog.paidCalls));
	});

	test('the figures and the limit continue in another process with the stored execution', async () => {
		const { apiKey, url, requestLog } = sandbox;
		const part = { sandbox: { apiKey, url } };
		await runInProcesses(async (run) => {
			const first = await run({ ...part, node: 'AI/ML API Chat Model' });
			expect(first.error).toBeUndefined();
			const limit = requestLog.usd * 1.01;
			const { stored } = first;
			const second = await run({ ...part, node: 'AI/ML API', items: 2, stored, limit });
			expect(second.error).toMatch(/^The cost limit of .* in 1 call, .* in 1 call/);
			expect(requestLog.paidCalls).toBe(2);
			const data = (parse(second.stored) as IRun['data']).resultData.metadata!;
			expect(data).toMatchObject({ aimlapi_cost_usd: String(requestLog.usd), aimlapi_calls: '2' });
			expect(Object.keys(JSON.parse(data.aimlapi_cost_by_node))).toHaveLength(2);
		});
	}, 120_000);
});

describe('jobs, which tell their cost when they end', () => {
	const video = {
		resource: 'video',
		operation: 'generate',
		model: 'google/veo-3.1-t2v-fast',
	};
	const pollInterval = 0.05;

	/** Starts a video without waiting. @returns its ID and the custom data, as if the node had that name */
	async function startVideo(node: string, customData: Record<string, string> = {}) {
		const fields = { prompt: 'A fish', options: { waitForCompletion: false } };
		const { items, run } = await runOperation(sandbox, { ...video, fields, customData });
		const stored = JSON.stringify(dataOf(run)).replaceAll('AI/ML API', node);
		return {
			generationId: items[0].json.generationId as string,
			stored: JSON.parse(stored) as Record<string, string>,
		};
	}

	const getVideo = async (generationId: string, customData: Record<string, string>) =>
		dataOf(
			(
				await runOperation(sandbox, {
					resource: 'generation',
					operation: 'get',
					fields: { kind: 'video', generationId, options: { pollInterval } },
					customData: { ...customData },
				})
			).run,
		);

	test('a job that another execution started leaves calls of unknown cost as they are', async () => {
		const { generationId } = await startVideo('Start');
		const customData = { aimlapi_cost_usd: 'unknown', aimlapi_calls_without_cost: '2' };
		expect(await getVideo(generationId, customData)).toEqual(customData);
		expect(sandbox.requestLog.usd).toBeGreaterThan(0);
	});

	test('the cost of a job goes to the node that started it, once, and others stay unknown', async () => {
		const first = await startVideo('First');
		const second = await startVideo('Second', first.stored);
		expect(second.stored.aimlapi_calls_without_cost).toBe('2');
		const once = await getVideo(second.generationId, second.stored);
		const { usd } = sandbox.requestLog;
		expect(once).toMatchObject({
			aimlapi_cost_usd: String(usd),
			aimlapi_calls: '2',
			aimlapi_calls_without_cost: '1',
		});
		expect(JSON.parse(once.aimlapi_cost_by_node)).toEqual({ First: [0, 1], Second: [usd, 1] });
		expect(await getVideo(second.generationId, once)).toEqual(once);
		const both = await getVideo(first.generationId, once);
		expect(both).toMatchObject({
			aimlapi_cost_usd: String(sandbox.requestLog.usd),
			aimlapi_calls_without_cost: '0',
		});
	});

	test('a run with more open jobs than an entry has room for counts them all', async () => {
		const { run } = await runOperation(sandbox, {
			...video,
			items: numberedItems(60),
			fields: { prompt: 'A fish', options: { pollInterval, itemsInParallel: 60 } },
		});
		expect(sandbox.requestLog.paidCalls).toBe(60);
		expect(spent(run)).toBeCloseTo(sandbox.requestLog.usd, 9);
		expect(dataOf(run)).toMatchObject({
			aimlapi_calls: '60',
			aimlapi_calls_without_cost: '0',
			aimlapi_open_jobs: expect.stringMatching(/^.{1,255}$/),
		});
	});
});

describe('a cost that the API does not tell', () => {
	const api = useScriptedServer();
	async function runAgainst(answer: Reply) {
		api.answer(reply(answer));
		const { run } = await runChat(api, { fields: { options: { maxRetries: 0 } } });
		return dataOf(run);
	}
	const completion = (more: object) => ({
		id: 'c1',
		choices: [{ index: 0, finish_reason: 'stop', message: { content: 'fine' } }],
		...more,
	});

	test('a cost without a price in the catalog is unknown, not 0', async () => {
		const usage = { prompt_tokens: 8, completion_tokens: 2, total_tokens: 10 };
		expect(await runAgainst({ body: completion({ usage }) })).toMatchObject({
			aimlapi_cost_usd: 'unknown',
			aimlapi_calls: '1',
			aimlapi_calls_without_cost: '1',
			aimlapi_tokens: '10',
		});
	});

	test('a refused call is not counted', async () => {
		const data = await runAgainst({ status: 400, body: { message: 'No' } });
		expect(data).not.toHaveProperty('aimlapi_calls');
	});

	test('an unusable answer counts where the API charged it', async () => {
		const meta = { usage: { usd_spent: 0.25, credits_used: 500_000 } };
		const empty = { ...completion({ meta }), choices: [{ finish_reason: 'stop', message: {} }] };
		const data = await runAgainst({ body: empty });
		expect(data).toMatchObject({ aimlapi_cost_usd: '0.25', aimlapi_calls: '1' });
	});

	test.each<[string, Reply]>([
		[
			'is refused',
			{ status: 503, body: { message: 'Busy', meta: { usage: { usd_spent: 0.25 } } } },
		],
		[
			'breaks off',
			{ headers: { 'x-aimlapi-usd-spent': '0.25' }, body: '{"choices":', breaksOff: true },
		],
	])('a call that %s counts where the API charged it', async (_, answer) => {
		const data = await runAgainst(answer);
		expect(data).toMatchObject({ aimlapi_cost_usd: '0.25', aimlapi_calls: '1' });
	});

	test('the cost of an answer in an envelope counts', async () => {
		const meta = { usage: { usd_spent: 0.25, credits_used: 500_000 } };
		const usage = { prompt_tokens: 8, completion_tokens: 2, total_tokens: 10 };
		expect(await runAgainst({ body: { data: completion({ meta, usage }) } })).toMatchObject({
			aimlapi_cost_usd: '0.25',
			aimlapi_tokens: '10',
		});
	});

	test('a negative cost does not lower the total', async () => {
		const meta = { usage: { usd_spent: -0.25, credits_used: -500_000 } };
		expect(await runAgainst({ body: completion({ meta }) })).toMatchObject({
			aimlapi_cost_usd: '0',
		});
	});

	test('a cost is estimated from the prices of the catalog, and marked', async () => {
		const { run } = await runOperation(sandbox, {
			resource: 'audio',
			operation: 'speak',
			model: 'sandbox/tts-bytes',
			fields: { text: 'Good morning' },
		});
		const data = dataOf(run);
		expect(sandbox.requestLog.usd).toBeGreaterThan(0);
		// The API bills whole credits, half a millionth of a dollar each.
		expect(Math.abs(Number(data.aimlapi_cost_usd) - sandbox.requestLog.usd)).toBeLessThan(5e-7);
		expect(data.aimlapi_estimated_usd).toBe(data.aimlapi_cost_usd);
		expect(data).not.toHaveProperty('aimlapi_calls_without_cost');
	});
});

describe('Execution Cost Limit', () => {
	const customData = {
		aimlapi_cost_usd: '0.3',
		aimlapi_calls_without_cost: '2',
		aimlapi_cost_by_node: '{"Embeddings":[0.1,4],"Agent Model":[0.2,1]}',
	};
	const fields = { options: { executionCostLimit: 0.3 } };

	test('the limit stops the action node before its call, with the cost of each node', async () => {
		const { error } = await runChat(sandbox, { customData, fields });
		expect(error?.message).toBe(
			"The cost limit of $0.3 for this execution is reached: $0.3 has been spent on 'Agent Model' $0.2 in 1 call, 'Embeddings' $0.1 in 4 calls, and 2 calls of unknown cost",
		);
		expect(error?.description).toContain("Raise 'Execution Cost Limit'");
		expect(sandbox.requestLog.paidCalls).toBe(0);
	});

	test.each(Object.entries(WAYS))('the limit stops the Chat Model, %s', async (_, ask) => {
		const { error } = await runChatModel(
			sandbox,
			{ customData, fields },
			async (model) => await ask(model, HELLO),
		);
		expect(error?.message).toContain('The cost limit of $0.3 for this execution');
		expect(sandbox.requestLog.paidCalls).toBe(0);
	});

	test('the limit stops the embeddings', async () => {
		const ask = runEmbeddings(sandbox, async (one) => await one.embedQuery('one'), {
			customData,
			fields,
		});
		expect((await ask).error?.message).toContain('The cost limit of $0.3 for this execution');
		expect(sandbox.requestLog.paidCalls).toBe(0);
	});

	test('the limit is checked before each call', async () => {
		const { items } = await runChat(sandbox, {
			items: numberedItems(4),
			settings: { onError: 'continueRegularOutput' },
			fields: { options: { executionCostLimit: 0.000001, itemsInParallel: 1 } },
		});
		expect(items.map(({ json }) => 'error' in json)).toEqual([false, true, true, true]);
		expect(sandbox.requestLog.paidCalls).toBe(1);
	});

	test('the limit does not stop free requests', async () => {
		const { items } = await runOperation(sandbox, {
			resource: 'account',
			operation: 'getBalance',
			customData,
			fields,
		});
		expect(items[0].json).toHaveProperty('balance');
	});

	test('the limit fails where other entries fill the custom data, so that n8n would not keep the cost', async () => {
		const full = Object.fromEntries(Array.from({ length: 10 }, (_, key) => [`key${key}`, 'x']));
		const { error } = await runChat(sandbox, { customData: full, fields });
		expect(error?.message).toContain("'Execution Cost Limit' can't be checked");
		expect(sandbox.requestLog.paidCalls).toBe(0);
	});
});

test.each<[string, ExecutionContext['getWorkflowDataProxy']]>([
	[
		'has no data proxy',
		() => {
			throw new Error('No data');
		},
	],
	['has no execution', () => ({})],
	['has no custom data', () => ({ $execution: {} })],
])('where n8n %s, calls are not counted and the limit is an error', (_, getWorkflowDataProxy) => {
	const cost = new ExecutionCost({ getNode: () => ({ name: 'Node' }), getWorkflowDataProxy }, 0);
	cost.add({ cost: { usd: 1, credits: 2_000_000 } });
	expect(cost.spentUsd).toBe(0);
	expect(() => cost.check(0)).not.toThrow();
	expect(() => cost.check(1)).toThrow("'Execution Cost Limit' can't be checked");
});

test('the costs of many nodes stay within the length of an entry, the cheapest joined', () => {
	const data = new Map<string, string>();
	const customData = {
		get: (key: string) => data.get(key),
		set: (key: string, value: string) => void data.set(key, value),
	};
	for (let node = 1; node <= 40; node++) {
		const context: ExecutionContext = {
			getNode: () => ({ name: `Node number ${node}` }),
			getWorkflowDataProxy: () => ({ $execution: { customData } }),
		};
		new ExecutionCost(context, 0).add({ cost: { usd: node / 1000, credits: 0 } });
	}
	const written = data.get('aimlapi_cost_by_node')!;
	const costs = Object.values(JSON.parse(written) as Record<string, [number, number]>);
	expect(written.length).toBeLessThanOrEqual(255);
	expect(written).toContain('Node number 40');
	expect(costs.reduce((sum, [usd]) => sum + usd, 0)).toBeCloseTo(0.82, 9);
	expect(costs.reduce((sum, [, calls]) => sum + calls, 0)).toBe(40);
});
