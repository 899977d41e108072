import fc from 'fast-check';
import { useSandbox } from '../../support/useSandbox';
import { clearCatalog } from '../../../nodes/shared/models/catalog';
import { runOperation, type OperationRun } from '../../engine/operationRun';

const sandbox = useSandbox({ jobPace: { pollsUntilDone: 1 } });

beforeEach(() => {
	clearCatalog();
});

const posts = () => sandbox.requestLog.calls.filter(({ method }) => method === 'POST');
const sent = () => sandbox.requestLog.calls.filter(({ path }) => !path.startsWith('/v1/models'));
const continuing = { settings: { onError: 'continueRegularOutput' as const } };

const chat: OperationRun = {
	resource: 'chat',
	operation: 'complete',
	model: 'openai/gpt-4o-mini',
	fields: { messages: { values: [{ role: 'user', content: 'Hello' }] } },
};
const video: OperationRun = {
	resource: 'video',
	operation: 'generate',
	model: 'google/veo-3.1-t2v-fast',
	fields: { prompt: 'A boat' },
};
const batch: OperationRun = { resource: 'batch', operation: 'get', fields: { batchId: 'b' } };
const embedding: OperationRun = {
	resource: 'embedding',
	operation: 'create',
	model: 'text-embedding-3-small',
	fields: { input: 'Hello' },
};
const withOptions = (run: OperationRun, options: object): OperationRun => ({
	...run,
	fields: { ...run.fields, options: options as never },
});
const byExpression = (name: string, value: string) => ({ [name]: `={{ ${value} }}` });

test.each<[string, OperationRun, string, string]>([
	['Max Wait (Seconds)', video, 'maxWait', 'Number($json.nope)'],
	['Max Wait (Seconds)', batch, 'maxWait', '"abc"'],
	['Poll Interval (Seconds)', video, 'pollInterval', '-1'],
	['Poll Interval (Seconds)', video, 'pollInterval', '0.001'],
	['Max Retries', chat, 'maxRetries', 'Number($json.nope)'],
	['Max Retries', chat, 'maxRetries', '({})'],
	['Max Retries', chat, 'maxRetries', 'Infinity'],
	['Timeout (Seconds)', chat, 'timeout', '-5'],
	['Timeout (Seconds)', chat, 'timeout', '3600000'],
	['Items in Parallel', chat, 'itemsInParallel', '"many"'],
	['Cost Limit (USD)', chat, 'costLimit', '"$5"'],
	['Cost Limit (USD)', chat, 'costLimit', '$json.nope'],
	['Fallback Models', chat, 'fallbackModels', '({})'],
	['Fallback Models', chat, 'fallbackModels', '[null, "z"]'],
	['Request ID', chat, 'requestId', '"∞ 🎉"'],
	['Batch Size', embedding, 'batchSize', '[]'],
	['Download', video, 'download', '"no"'],
	['On Max Wait', video, 'onMaxWait', '"explode"'],
])("'%s' that its field does not take is told before anything is sent", async (...given) => {
	const [label, run, name, value] = given;
	const { items } = await runOperation(sandbox, {
		...withOptions(run, byExpression(name, value)),
		...continuing,
	});
	expect(items[0].json.error).toMatchObject({
		message: expect.stringContaining(`'${label}' must be `),
		description: expect.stringContaining(label),
	});
	expect(sent()).toEqual([]);
});

test('an option that is wrong for one item fails that item alone', async () => {
	const { items } = await runOperation(sandbox, {
		...withOptions(chat, { maxRetries: '={{ $json.retries }}' }),
		...continuing,
		items: [{ json: { retries: 'abc' } }, { json: { retries: '2' } }],
	});
	expect(items.map(({ json }) => 'error' in json)).toEqual([true, false]);
});

test("'Cost Limit' is held against each request when it is about to leave", async () => {
	const { items } = await runOperation(sandbox, {
		...withOptions(chat, { costLimit: 0.0000001, itemsInParallel: 100 }),
		...continuing,
		items: Array.from({ length: 100 }, () => ({ json: {} })),
	});
	const unsent = items.filter(({ json }) =>
		String((json.error as { message?: string })?.message).includes('cost limit'),
	);
	expect(posts().length + unsent.length).toBe(100);
	expect(unsent.length).toBeGreaterThan(10);
});

test('any value of any option gives a request or an input error before anything is sent', async () => {
	const names = ['maxRetries', 'timeout', 'costLimit', 'fallbackModels', 'requestId', 'maxWait'];
	const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.double(), fc.constant(undefined));
	const run = async (name: string, given: unknown) => {
		sandbox.requestLog.clear();
		const { items } = await runOperation(sandbox, {
			...withOptions(chat, { [name]: '={{ $json.given }}' }),
			...continuing,
			items: [{ json: { given: given as never } }],
		});
		const { error } = items[0].json as { error?: { message: string } };
		const isRefused = / must be .*, but is /.test(error?.message ?? '');
		return isRefused === (posts().length === 0);
	};
	await fc.assert(fc.asyncProperty(fc.constantFrom(...names), value, run), {
		seed: 11,
		numRuns: 60,
	});
});
