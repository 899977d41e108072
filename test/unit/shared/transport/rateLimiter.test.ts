import fc from 'fast-check';
import {
	RateLimiter,
	type Permit,
	type RequestQueue,
} from '../../../../nodes/shared/transport/rateLimiter';
import { systemClock } from '../../../../nodes/shared/transport/clock';
import { rounded, tokenBucket } from '../../../simulation/limits';
import { simulate, thisPackage } from '../../../simulation/simulate';
import { seededRandom, VirtualClock } from '../../../simulation/virtualClock';

let clock: VirtualClock;
let limiter: RateLimiter;
beforeEach(() => {
	clock = new VirtualClock(seededRandom(1));
	limiter = new RateLimiter(clock);
});

const second = 1000;

/** Lets so much virtual time pass. */
const pass = async (ms: number) => await clock.run(clock.sleep(ms));

/** Asks for a permit and notes whether it has been given. */
function ask(queue: RequestQueue, turn?: Parameters<RequestQueue['acquire']>[0]) {
	const asked: { permit?: Permit; error?: unknown; at?: number } = {};
	queue.acquire(turn).then(
		(permit) => Object.assign(asked, { permit, at: clock.now() }),
		(error: unknown) => Object.assign(asked, { error }),
	);
	return asked;
}

/** Refuses requests one after the other, until the limiter pauses. */
async function useUp(queue: RequestQueue, wait: number) {
	for (let refusal = 0; refusal < 12; refusal++) {
		const asked = ask(queue);
		await pass(10);
		if (!asked.permit) return asked;
		asked.permit.onRateLimited(wait);
	}
	throw new Error('Twelve refusals in a row, and no pause');
}

test('a single refusal delays no other request', async () => {
	const queue = limiter.openQueue(10);
	const [first, other] = [ask(queue), ask(queue)];
	await pass(1);
	other.permit!.onSuccess();
	first.permit!.onRateLimited(60 * second);
	const next = ask(queue);
	await pass(1);
	expect(next.permit).toBeDefined();
});

test('a streak of refusals pauses all queues for as long as the API asks, and one request goes first', async () => {
	const [ours, others] = [limiter.openQueue(10), limiter.openQueue(10)];
	const waiting = await useUp(ours, 4 * second);
	const refusedAt = clock.now();
	const more = [ask(others), ask(others)];
	await pass(6 * second);
	const started = [waiting, ...more].filter(({ permit }) => permit);
	expect(started.map(({ at }) => at! - refusedAt >= 3.9 * second)).not.toContain(false);
	expect(started[0].at!).toBeLessThan(started[1].at!);
});

test('after a pause, another request goes first when the outcome of the first one says nothing', async () => {
	const queue = limiter.openQueue(10);
	const probe = await useUp(queue, 4 * second);
	while (!probe.permit) await pass(10);
	const [next, last] = [ask(queue), ask(queue)];
	probe.permit.onUnknown();
	await pass(1);
	expect(next.permit).toBeDefined();
	expect(last.permit).toBeUndefined();
});

test('nothing is sent before a wait of a minute is over', async () => {
	const queue = limiter.openQueue(10);
	const probe = await useUp(queue, 60 * second);
	const next = ask(queue);
	await pass(59 * second);
	expect(probe.permit).toBeUndefined();
	expect(next.permit).toBeUndefined();
	await pass(5 * second);
	expect(probe.permit).toBeDefined();
});

test('after an overload only the queue that met it waits', async () => {
	const [met, other] = [limiter.openQueue(2), limiter.openQueue(2)];
	const first = ask(met);
	await pass(1);
	first.permit!.onOverloaded(5 * second);
	const [waits, goesOn] = [ask(met), ask(other)];
	await pass(second);
	expect(waits.permit).toBeUndefined();
	expect(goesOn.permit).toBeDefined();
	await pass(5 * second);
	expect(waits.permit).toBeDefined();
});

test('queues take turns, and a retry goes before what was never sent', async () => {
	const [long, short] = [limiter.openQueue(1), limiter.openQueue(1)];
	const order: string[] = [];
	const send = async (queue: RequestQueue, name: string, isRetry = false) => {
		const permit = await queue.acquire({ isRetry });
		order.push(name);
		await clock.sleep(10);
		permit.onSuccess();
	};
	await clock.run(
		Promise.all([
			send(long, 'a1'),
			send(long, 'a2'),
			send(long, 'a again', true),
			send(short, 'b1'),
			send(short, 'b2'),
		]),
	);
	expect(order).toEqual(['a1', 'b1', 'a again', 'b2', 'a2']);
});

test('a waiting request is dropped when its execution is canceled, and the next one goes on', async () => {
	const queue = limiter.openQueue(1);
	const cancel = new AbortController();
	const [first, cancelled, next] = [ask(queue), ask(queue, { signal: cancel.signal }), ask(queue)];
	await pass(1);
	cancel.abort(new Error('Cancelled'));
	first.permit!.onUnknown();
	await pass(1);
	expect(cancelled).toEqual({ error: new Error('Cancelled') });
	expect(next.permit).toBeDefined();
});

test('a limiter is idle once nothing waits or is in flight', async () => {
	const asked = ask(limiter.openQueue(1));
	await pass(1);
	expect(limiter.idleSince).toBe(Infinity);
	asked.permit!.onSuccess();
	expect(limiter.idleSince).toBe(clock.now());
});

test('no more requests than the limit of a queue are in flight, and each gets its turn, whatever the answers', async () => {
	const answers = fc.array(
		fc.record({
			ms: fc.integer({ min: 0, max: 400 }),
			refusals: fc.integer({ min: 0, max: 4 }),
			wait: fc.constantFrom(0, 50, 1000, 7000),
		}),
		{ minLength: 1, maxLength: 30 },
	);
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 8 }), answers, async (cap, script) => {
			const own = new VirtualClock(seededRandom(1));
			const queue = new RateLimiter(own).openQueue(cap);
			let inFlight = 0;
			let most = 0;
			const sendOne = async ({ ms, refusals, wait }: (typeof script)[number]) => {
				for (let attempt = 0; attempt <= refusals; attempt++) {
					const permit = await queue.acquire({ isRetry: attempt > 0 });
					most = Math.max(most, ++inFlight);
					await own.sleep(ms);
					inFlight--;
					if (attempt === refusals) permit.onSuccess();
					else permit.onRateLimited(wait);
				}
			};
			expect(await own.run(Promise.all(script.map(sendOne)))).toBe(true);
			expect(most).toBeLessThanOrEqual(cap);
		}),
		{ numRuns: 1000, seed: 7 },
	);
});

test('ten parallel runs share 5 requests per second fairly and without loss', async () => {
	const load = { items: 30, answerMs: 100, parallel: 10, runs: 10 };
	const { seconds, failed, ends } = await simulate(
		() => tokenBucket(5, 5, rounded),
		load,
		thisPackage,
		1,
	);
	const ideal = (300 - 5) / 5;
	expect(failed).toBe(0);
	expect(seconds).toBeLessThan(1.2 * ideal);
	// With fair shares, runs of the same length end together.
	expect(Math.max(...ends) / Math.min(...ends)).toBeLessThan(1.5);
});

test('a clock that is set back does not delay waiting requests', () => {
	const setBack = jest.spyOn(Date, 'now').mockReturnValue(0);
	const before = systemClock.now();
	setBack.mockReturnValue(-3_600_000);
	expect(systemClock.now()).toBeGreaterThanOrEqual(before);
	setBack.mockRestore();
});

test('after a first refusal only a few requests are sent to test the limit', async () => {
	const queue = limiter.openQueue(50);
	const first = ask(queue);
	await pass(1);
	first.permit!.onRateLimited(0);
	const rest = Array.from({ length: 20 }, () => ask(queue));
	await pass(1);
	expect(rest.filter(({ permit }) => permit)).toHaveLength(5);
});
