import { Semaphore } from '../../nodes/AimlApi/run/concurrency';
import { ApiError, type ApiErrorInfo } from '../../nodes/shared/errors/ApiError';
import { parseRetryAfter } from '../../nodes/shared/transport/apiErrors';
import { RateLimiter } from '../../nodes/shared/transport/rateLimiter';
import { sendWithRetries, type Outcome } from '../../nodes/shared/transport/retry';
import type { Limit } from './limits';
import { seededRandom, VirtualClock } from './virtualClock';

/** Milliseconds. */
const WAY_TO_API = 5;
const REFUSAL = 10;

/** What is sent. */
export interface Load {
	/** In each run. */
	items: number;
	/** Milliseconds until an answer. */
	answerMs: number;
	/** 'Items in Parallel' of each run. */
	parallel: number;
	/** Runs at once; 1 unless given. */
	runs?: number;
	/** n8n processes over which the runs are spread in turn, each with a limiter of its own; 1 unless given. */
	processes?: number;
}

export interface Result {
	/** From the first request to the last answer. */
	seconds: number;
	/** Requests answered 429. */
	refused: number;
	/** Items given up. */
	failed: number;
	/** Requests sent again before the time that their 429 had asked for. */
	tooEarly: number;
	/** The seconds at which each run was done. */
	ends: number[];
}

/** One item as the API sees it: a try, and what comes of it. */
export type Exchange = () => Promise<Outcome<true>>;

/** Sends the items of one run: each with its exchange, until it is taken or given up. */
export type Sender = (exchange: Exchange) => Promise<boolean>;

/** How one n8n process sends; each call of the result makes the sender of another run. */
export type Client = (clock: VirtualClock) => (parallel: number) => Sender;

/** This package: its rate limiter, its retries and its 'Items in Parallel', under the defaults of 'Options'. */
export const thisPackage: Client = (clock) => {
	const limiter = new RateLimiter(clock);
	return (parallel) => {
		const places = new Semaphore(parallel);
		const rules = {
			queue: limiter.openQueue(parallel),
			charge: 'nothing' as const,
			retryOnTimeout: false,
			maxRetries: 4,
			maxRateLimitWait: 300,
			signal: undefined,
			whileWaiting: async (wait: () => Promise<void>) => await places.releaseDuring(wait),
			clock,
		};
		return async (exchange) =>
			await places.run(
				async () =>
					await sendWithRetries(exchange, rules).catch((error: unknown) => {
						if (error instanceof ApiError) return false;
						throw error;
					}),
			);
	};
};

/** Each request by itself, as OpenAI's own client does it: two retries after 0.5 and 1 s, or as told up to 60 s. */
export const openAiClient: Client = (clock) => (parallel) => {
	const places = new Semaphore(parallel);
	return async (exchange) =>
		await places.run(async () => {
			for (let retry = 0; ; retry++) {
				const { error } = await exchange();
				if (!error || retry === 2) return !error;
				const told = error.retryAfter ?? Infinity;
				const own = 0.5 * 2 ** retry * (1 - 0.25 * clock.random());
				await clock.sleep(1000 * (told <= 60 ? told : own));
			}
		});
};

/**
 * Lets a client send items to an API with a limit, under a clock of their own. The same seed gives the
 * same result. Requests take a while to the API and back, so they may arrive in another order.
 *
 * @param limitOf makes the limit; `random` gives numbers from 0 to 1
 * @param stopAfter seconds after which the simulation ends, whatever is left to do
 */
export async function simulate(
	limitOf: (random: () => number) => Limit,
	load: Load,
	client: Client,
	seed: number,
	stopAfter = Infinity,
): Promise<Result> {
	const clock = new VirtualClock(seededRandom(seed));
	const limit = limitOf(seededRandom(seed + 1000));
	const result: Result = { seconds: 0, refused: 0, failed: 0, tooEarly: 0, ends: [] };
	const { items, answerMs, parallel, runs = 1, processes = 1 } = load;

	const newExchange = (item: number): Exchange => {
		let attempt = 0;
		let notBefore = 0;
		return async () => {
			attempt++;
			if (clock.now() < notBefore) result.tooEarly++;
			await clock.sleep(WAY_TO_API * (0.5 + clock.random()));
			const refusal = limit.refuse({ now: clock.now(), item, attempt });
			if (!refusal) {
				await clock.sleep(Math.max(0, answerMs - 2 * WAY_TO_API) * (0.9 + 0.2 * clock.random()));
				limit.onAnswered?.();
				await clock.sleep(WAY_TO_API);
				return { response: true };
			}
			result.refused++;
			await clock.sleep(REFUSAL * (0.5 + clock.random()));
			const error = rateLimited(parseRetryAfter(refusal.retryAfter, clock.now()));
			notBefore = clock.now() + (error.retryAfter ?? 0) * 1000;
			return { error };
		};
	};

	const ofProcesses = Array.from({ length: processes }, () => client(clock));
	const runAll = Array.from({ length: runs }, async (_, run) => {
		const send = ofProcesses[run % processes](parallel);
		const sendItem = async (item: number) => {
			if (!(await send(newExchange(run * items + item)))) result.failed++;
		};
		await Promise.all(Array.from({ length: items }, async (__, item) => await sendItem(item)));
		result.ends.push(clock.seconds);
	});
	await clock.run(Promise.all(runAll), stopAfter);
	return { ...result, seconds: clock.seconds };
}

const rateLimited = (retryAfter: number | undefined): ApiErrorInfo => ({
	kind: 'rateLimited',
	message: 'Too Many Requests',
	description: '',
	httpStatus: 429,
	retryAfter,
});
