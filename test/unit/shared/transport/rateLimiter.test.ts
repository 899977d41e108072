import fc from 'fast-check';
import { sleep } from 'n8n-workflow';
import { RateLimiter } from '../../../../nodes/shared/transport/rateLimiter';

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

const second = 1000;

/** A server that takes so many requests a second, saved up to `burst`, and refuses the others. */
class LimitedServer {
	taken: number[] = [];
	refused: number[] = [];
	private tokens: number;
	private filledAt = 0;

	constructor(
		private readonly perSecond: number,
		private readonly burst: number,
	) {
		this.tokens = burst;
	}

	ask(): boolean {
		const now = Date.now();
		this.tokens = Math.min(
			this.burst,
			this.tokens + ((now - this.filledAt) / second) * this.perSecond,
		);
		this.filledAt = now;
		const isTaken = this.tokens >= 1;
		if (isTaken) this.tokens--;
		(isTaken ? this.taken : this.refused).push(now);
		return isTaken;
	}
}

/** Sends `count` requests through the throttle, each as often as it takes. */
async function sendAll(throttle: RateLimiter, count: number, attempt: () => Promise<boolean>) {
	const done: number[] = [];
	const one = async (number: number): Promise<void> => {
		const isTaken = await throttle.send(attempt, undefined);
		if (isTaken) return void done.push(number);
		return await one(number);
	};
	const all = Promise.all(Array.from({ length: count }, (_, number) => one(number)));
	let finished = false;
	void all.then(() => (finished = true));
	while (!finished) await jest.advanceTimersByTimeAsync(10);
	return done;
}

const against = (throttle: RateLimiter, server: LimitedServer, latency: number) => async () => {
	const isTaken = server.ask();
	await sleep(isTaken ? latency : 1);
	if (isTaken) throttle.noteTaken();
	else throttle.noteRefusal(1);
	return isTaken;
};

test.each([
	{ perSecond: 5, burst: 5, latency: 5, count: 60 },
	{ perSecond: 5, burst: 5, latency: 300, count: 60 },
	{ perSecond: 2, burst: 2, latency: 50, count: 80 },
	{ perSecond: 20, burst: 20, latency: 100, count: 300 },
])(
	'a server of $perSecond a second is used to the full, with few refusals (latency $latency ms)',
	async ({ perSecond, burst, latency, count }) => {
		const server = new LimitedServer(perSecond, burst);
		const throttle = new RateLimiter(10);
		await sendAll(throttle, count, against(throttle, server, latency));

		const ideal = ((count - burst) / perSecond) * second + latency;
		expect(Date.now()).toBeLessThan(Math.max(ideal * 1.15, ideal + 1.3 * second));
		expect(server.refused.length / (count + server.refused.length)).toBeLessThan(0.15);
	},
);

test('after a pause the requests come spaced, not all at once', async () => {
	const server = new LimitedServer(5, 5);
	const throttle = new RateLimiter(10);
	await sendAll(throttle, 20, against(throttle, server, 5));
	const pauseEnd = server.refused[0] + second;
	const soonAfter = server.taken.filter((at) => at >= pauseEnd && at < pauseEnd + 500);
	expect(soonAfter.length).toBeLessThanOrEqual(4);
});

test('when the limit is lifted, the pace grows back', async () => {
	const throttle = new RateLimiter(10);
	await sendAll(throttle, 30, against(throttle, new LimitedServer(5, 5), 5));
	const began = Date.now();
	await sendAll(throttle, 1000, against(throttle, new LimitedServer(1e6, 1e6), 5));
	const atOldPace = (1000 / 5) * second;
	expect(Date.now() - began).toBeLessThan(atOldPace / 2);
});

test('never more than the cap are under way, whatever is refused and for how long', async () => {
	const outcomes = fc.array(
		fc.record({
			latency: fc.integer({ min: 0, max: 400 }),
			retryAfter: fc.option(fc.double({ min: 0, max: 3, noNaN: true }), { nil: null }),
		}),
		{ minLength: 1, maxLength: 40 },
	);
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 8 }), outcomes, async (cap, script) => {
			const throttle = new RateLimiter(cap);
			let underWay = 0;
			let most = 0;
			let asked = 0;
			const done = await sendAll(throttle, script.length, async () => {
				const { latency, retryAfter } = script[asked % script.length];
				const isRefused = retryAfter !== null && asked < script.length;
				asked++;
				most = Math.max(most, ++underWay);
				await sleep(latency);
				underWay--;
				if (isRefused) throttle.noteRefusal(retryAfter);
				else throttle.noteTaken();
				return !isRefused;
			});
			expect(most).toBeLessThanOrEqual(cap);
			expect(done).toHaveLength(script.length);
		}),
		{ numRuns: 25 },
	);
});

test('whoever waits longest goes first, whatever was refused before', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 6 }),
			fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 30 }),
			fc.boolean(),
			async (cap, latencies, isPaused) => {
				const throttle = new RateLimiter(cap);
				if (isPaused) throttle.noteRefusal(1);
				const started: number[] = [];
				const all = Promise.all(
					latencies.map(
						async (latency, number) =>
							await throttle.send(async () => {
								started.push(number);
								await sleep(latency);
							}, undefined),
					),
				);
				let finished = false;
				void all.then(() => (finished = true));
				while (!finished) await jest.advanceTimersByTimeAsync(10);
				expect(started).toEqual(latencies.map((_, number) => number));
			},
		),
		{ numRuns: 25 },
	);
});

test('a cancelled execution waits for no pace', async () => {
	const throttle = new RateLimiter(1);
	throttle.noteRefusal(60);
	const execution = new AbortController();
	const waiting = throttle.send(async () => 'sent', execution.signal).catch(() => 'cancelled');
	await jest.advanceTimersByTimeAsync(second);
	execution.abort();
	expect(await waiting).toBe('cancelled');
	expect(Date.now()).toBe(second);
});
