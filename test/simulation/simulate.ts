import { Semaphore } from '../../nodes/AimlApi/run/concurrency';
import { ApiError, type ApiErrorInfo } from '../../nodes/shared/errors/ApiError';
import { parseRetryAfter } from '../../nodes/shared/transport/apiErrors';
import { RateLimiter } from '../../nodes/shared/transport/rateLimiter';
import { sendWithRetries, type Outcome } from '../../nodes/shared/transport/retry';
import type { Limit } from './limits';
import { seededRandom, VirtualClock } from './virtualClock';

const DEFAULT_NETWORK_MS = 5;

/** What is sent to the API. */
export interface Load {
	/** The number of items in each run. */
	items: number;
	/** The time until an answer. */
	answerMs: number;
	/** The time of a request to the API, of its answer back, and half that of a refusal; by default 5. */
	networkMs?: number;
	/** 'Items in Parallel' of each run. */
	parallel: number;
	/** The number of runs at the same time; by default 1. */
	runs?: number;
	/** The number of n8n processes that share the runs, each with its own rate limiter; by default 1. */
	processes?: number;
}

export interface Result {
	/** From the first request to the last answer. */
	seconds: number;
	/** The number of answers 429. */
	refused: number;
	/** The number of items that were given up. */
	failed: number;
	/** The number of retries before the time that the 429 had asked for. */
	tooEarly: number;
	/** When each run ended, in seconds since the start. */
	ends: number[];
}

/** Sends the request of an item once. */
type SendOnce = () => Promise<Outcome<true>>;

/** Sends an item of a run, with retries. @returns whether it was delivered */
type Sender = (sendOnce: SendOnce) => Promise<boolean>;

/** Creates the client of an n8n process, which in turn creates the sender of each run. */
export type Client = (clock: VirtualClock) => (parallel: number) => Sender;

/** This package: its rate limiter, retries and 'Items in Parallel', with default options. */
export const thisPackage: Client = (clock) => {
	const limiter = new RateLimiter(clock);
	return (parallel) => {
		const semaphore = new Semaphore(parallel);
		const rules = {
			queue: limiter.openQueue(parallel),
			charge: 'nothing' as const,
			retryOnTimeout: false,
			maxRetries: 4,
			maxRateLimitWait: 300,
			signal: undefined,
			whileWaiting: async (wait: () => Promise<void>) => await semaphore.releaseDuring(wait),
			clock,
		};
		return async (sendOnce) =>
			await semaphore.run(
				async () =>
					await sendWithRetries(sendOnce, rules).catch((error: unknown) => {
						if (error instanceof ApiError) return false;
						throw error;
					}),
			);
	};
};

/** OpenAI's own client: two retries of each request, after 0.5 and 1 s, or after `Retry-After` up to 60 s. */
export const openAiClient: Client = (clock) => (parallel) => {
	const semaphore = new Semaphore(parallel);
	return async (sendOnce) =>
		await semaphore.run(async () => {
			for (let retry = 0; ; retry++) {
				const { error } = await sendOnce();
				if (!error || retry === 2) return !error;
				const asked = error.retryAfter ?? Infinity;
				const own = 0.5 * 2 ** retry * (1 - 0.25 * clock.random());
				await clock.sleep(1000 * (asked <= 60 ? asked : own));
			}
		});
};

/**
 * Sends items to an API with a rate limit in virtual time. The same seed always gives the same result.
 * Requests take random times to the API, so they may arrive in a different order.
 *
 * @param limitOf creates the limit; `random` returns numbers from 0 to 1
 * @param stopAfterSeconds when the simulation ends, even if items are left
 */
export async function simulate(
	limitOf: (random: () => number) => Limit,
	load: Load,
	client: Client,
	seed: number,
	stopAfterSeconds = Infinity,
): Promise<Result> {
	const clock = new VirtualClock(seededRandom(seed));
	const limit = limitOf(seededRandom(seed + 1000));
	const result: Result = { seconds: 0, refused: 0, failed: 0, tooEarly: 0, ends: [] };
	const { items, answerMs, parallel, runs = 1, processes = 1 } = load;
	const { networkMs = DEFAULT_NETWORK_MS } = load;

	const createSendOnce = (item: number): SendOnce => {
		let attempt = 0;
		let notBefore = 0;
		return async () => {
			attempt++;
			if (clock.now() < notBefore) result.tooEarly++;
			await clock.sleep(networkMs * (0.5 + clock.random()));
			const refusal = limit.refuse({ now: clock.now(), item, attempt });
			if (!refusal) {
				await clock.sleep(Math.max(0, answerMs - 2 * networkMs) * (0.9 + 0.2 * clock.random()));
				limit.onAnswered?.();
				await clock.sleep(networkMs);
				return { response: true };
			}
			result.refused++;
			await clock.sleep(2 * networkMs * (0.5 + clock.random()));
			const error = rateLimited(parseRetryAfter(refusal.retryAfter, clock.now()));
			notBefore = clock.now() + (error.retryAfter ?? 0) * 1000;
			return { error };
		};
	};

	const clients = Array.from({ length: processes }, () => client(clock));
	const runAll = Array.from({ length: runs }, async (_, run) => {
		const send = clients[run % processes](parallel);
		const sendItem = async (item: number) => {
			if (!(await send(createSendOnce(run * items + item)))) result.failed++;
		};
		await Promise.all(Array.from({ length: items }, async (__, item) => await sendItem(item)));
		result.ends.push(clock.seconds);
	});
	await clock.run(Promise.all(runAll), stopAfterSeconds);
	return { ...result, seconds: clock.seconds };
}

const rateLimited = (retryAfter: number | undefined): ApiErrorInfo => ({
	kind: 'rateLimited',
	message: 'Too Many Requests',
	description: '',
	httpStatus: 429,
	retryAfter,
});
