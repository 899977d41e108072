import { useSandbox } from '../../support/useSandbox';
import { runOperation, type OperationRun } from '../../engine/operationRun';
import { USUAL_RUNS } from '../../engine/usualRuns';

const sandbox = useSandbox({ jobPace: { pollsUntilDone: 1 } });

const posts = () => sandbox.requestLog.calls.filter(({ method }) => method === 'POST');
const sent = () => sandbox.requestLog.calls.filter(({ path }) => !path.startsWith('/v1/models'));
const continuing = { settings: { onError: 'continueRegularOutput' as const } };

const chat = USUAL_RUNS['chat/complete'];
const video = USUAL_RUNS['video/generate'];
const embedding = USUAL_RUNS['embedding/create'];
const batch: OperationRun = { resource: 'batch', operation: 'get', fields: { batchId: 'b' } };
const withOptions = (run: OperationRun, options: object): OperationRun => ({
	...run,
	fields: { ...run.fields, options: options as never },
});
const byExpression = (name: string, value: string) => ({ [name]: `={{ ${value} }}` });

test.each<[string, OperationRun, string, string]>([
	['Max Wait (Seconds)', video, 'maxWait', 'Number($json.nope)'],
	['Max Wait (Seconds)', batch, 'maxWait', '"abc"'],
	['Poll Interval (Seconds)', video, 'pollInterval', '0.001'],
	['Max Retries', chat, 'maxRetries', 'Number($json.nope)'],
	['Timeout (Seconds)', chat, 'timeout', '3600000'],
	['Items in Parallel', chat, 'itemsInParallel', '"many"'],
	['Cost Limit (USD)', chat, 'costLimit', '"$5"'],
	['Fallback Models', chat, 'fallbackModels', '[null, "z"]'],
	['Request ID', chat, 'requestId', '"∞ 🎉"'],
	['Batch Size', embedding, 'batchSize', '[]'],
	['Download', video, 'download', '"no"'],
	['On Max Wait', video, 'onMaxWait', '"explode"'],
])(
	"'%s' with a value that its field does not allow is refused before anything is sent",
	async (...given) => {
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
	},
);

test('an option that is invalid for one item fails that item alone', async () => {
	const { items } = await runOperation(sandbox, {
		...withOptions(chat, { maxRetries: '={{ $json.retries }}' }),
		...continuing,
		items: [{ json: { retries: 'abc' } }, { json: { retries: '2' } }],
	});
	expect(items.map(({ json }) => 'error' in json)).toEqual([true, false]);
});

test("'Cost Limit' is checked when each request is about to be sent", async () => {
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
