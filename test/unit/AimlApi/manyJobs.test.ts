import { type LoggedCall } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { forgetLimits } from '../../../nodes/shared/transport/limiters';
import { numberedItems } from '../../engine/chatRun';
import { runOperation } from '../../engine/operationRun';

const POLLS = 3;
const PATH = '/v2/video/generations';

const sandbox = useSandbox({ jobPace: { pollsUntilDone: POLLS } });

beforeEach(forgetLimits);

const videos = async (count: number, options: object = {}) =>
	await runOperation(sandbox, {
		resource: 'video',
		operation: 'generate',
		model: 'google/veo-3.1-t2v-fast',
		items: numberedItems(count),
		fields: { prompt: '=Boat {{ $json.number }}', options: { pollInterval: 0.05, ...options } },
	});

const callsOf = (method: string): LoggedCall[] =>
	sandbox.requestLog.calls.filter((call) => call.method === method && call.path === PATH);
const taken = ({ status }: LoggedCall) => status < 300;
const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

/** The highest number of jobs that were started and not yet polled for the last time. */
function mostJobsAtOnce(): number {
	const polls = new Map<string, number>();
	let inFlight = 0;
	let most = 0;
	for (const { startedJob, polledJob } of sandbox.requestLog.calls.filter(taken)) {
		if (startedJob) most = Math.max(most, ++inFlight);
		if (!polledJob) continue;
		polls.set(polledJob, (polls.get(polledJob) ?? 0) + 1);
		if (polls.get(polledJob) === POLLS) inFlight--;
	}
	return most;
}

test('fifty jobs on a rate-limited server, ten at a time, are each started once and polled until done', async () => {
	sandbox.setRate({ requestsPerSecond: 40, retryAfter: 'seconds' });
	const { items, error } = await videos(50);
	expect(error).toBeUndefined();
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(upTo(50).map((item) => ({ item })));
	expect(items.every(({ json }) => json.mimeType === 'video/mp4')).toBe(true);
	expect(callsOf('POST').filter(taken)).toHaveLength(50);
	const polls = callsOf('GET').filter(taken);
	expect(new Set(polls.map(({ polledJob }) => polledJob)).size).toBe(50);
	expect(polls).toHaveLength(50 * POLLS);
	expect(mostJobsAtOnce()).toBeLessThanOrEqual(10);
});

test('Retry-After of an overloaded API on a poll delays all starts and polls of the run', async () => {
	const refusal = { status: 503, retryAfter: 2 };
	sandbox.faults.set([{ when: { method: 'GET', path: PATH, nth: [2] }, do: refusal }]);
	const { items, error } = await videos(12, { itemsInParallel: 4 });
	expect(error).toBeUndefined();
	expect(items).toHaveLength(12);
	expect(callsOf('POST')).toHaveLength(12);
	// A poll that was delayed alone would be repeated after all other jobs.
	const { calls } = sandbox.requestLog;
	const started = calls.flatMap(({ startedJob }) => startedJob ?? []);
	const lastPolls = started
		.slice(0, 4)
		.map((job) => calls.findLastIndex(({ polledJob }) => polledJob === job));
	const ninthStart = calls.findIndex(({ startedJob }) => startedJob === started[8]);
	expect(Math.max(...lastPolls)).toBeLessThan(ninthStart);
});

test('a finished file is fetched while the run pauses for the API', async () => {
	sandbox.faults.set([
		{ when: { method: 'POST', contains: 'Boat 0' }, do: { delayMs: 300 } },
		{ when: { method: 'POST', contains: 'Boat 1', nth: [1] }, do: { status: 429, retryAfter: 2 } },
	]);
	const { items } = await runOperation(sandbox, {
		resource: 'image',
		operation: 'generate',
		model: 'flux/schnell',
		items: numberedItems(2),
		fields: { prompt: '=Boat {{ $json.number }}' },
	});
	expect(items).toHaveLength(2);
	const { calls, fetches } = sandbox.requestLog;
	expect(calls.map(({ status }) => status)).toContain(429);
	expect(fetches[0].at).toBeLessThan(calls.at(-1)!.at);
});
