/** The weight of an outcome falls by this factor with each later one: about the last forty matter. */
const MEMORY = 0.97;
/** A limit of requests in flight refuses most requests above it and hardly any below. */
const SHARE_ABOVE = 0.7;
const SHARE_BELOW = 1 / 3;
/** While no limit is known, each answer raises the number in flight by this. */
const GROWTH = 0.5;
/** When to try one more than the limit: halved after each trial, times four after a refusal. */
const FIRST_TRIAL_MS = 1000;
const SHORTEST_TRIAL_MS = 250;
const LONGEST_TRIAL_MS = 30_000;

/** A request by the number of others in flight with it, and its start. */
export interface Attempt {
	others: number;
	readonly at: number;
}

/**
 * Decides how many requests may be in flight. Learns an API's limit of concurrent requests from the number
 * of others in flight when a request is accepted or refused: such a limit refuses from a certain number on
 * and not below, which neither a rate limit nor chance does. Times are milliseconds since the epoch.
 */
export class InFlightLimit {
	/** Requests accepted and refused, by the number of others in flight; older ones count less. */
	private accepted: number[] = [];
	private refused: number[] = [];
	/** The most in flight while no limit is known. */
	private growing = 0;
	private learned = Infinity;
	private learnedAt = 0;
	/** How many more than `learned` are being tried. */
	private extra = 0;
	private trialAfter = FIRST_TRIAL_MS;
	private trialAt = Infinity;
	/** When a request was refused below the limit. No limit is learned until a later one is accepted. */
	private contradictedAt?: number;

	/** Another run starts with this many requests at once. */
	raise(by: number): void {
		this.growing += by;
	}

	/** When one more than the current limit may be in flight. */
	get nextTrial(): number {
		return this.trialAt;
	}

	current(now: number): number {
		if (now >= this.trialAt) {
			this.extra++;
			this.growing = Math.max(this.growing, this.learned + this.extra);
			this.trialAt = now + this.trialAfter;
			this.trialAfter = Math.max(SHORTEST_TRIAL_MS, this.trialAfter / 2);
		}
		return Math.max(1, Math.floor(Math.min(this.growing, this.learned + this.extra)));
	}

	/** @param cap the most in flight in any case */
	onSuccess({ others, at }: Attempt, now: number, cap: number): void {
		this.note(this.accepted, others);
		this.growing = Math.min(cap, Math.max(this.growing, others + 1) + GROWTH);
		if (this.contradictedAt !== undefined && at > this.contradictedAt) {
			this.contradictedAt = undefined;
		}
		if (this.contradictedAt === undefined) this.learn(now);
	}

	/** @returns whether the number in flight explains the refusal */
	onRefused({ others, at }: Attempt, now: number): boolean {
		this.note(this.refused, others);
		const wasLearned = this.learned < Infinity;
		// A request from before the limit was known doesn't contradict it.
		const isNews = at > this.learnedAt;
		if (wasLearned && isNews && others < this.learned) this.contradictedAt = now;
		if (this.contradictedAt !== undefined) {
			this.setLearned(Infinity, now);
			return false;
		}
		this.learn(now);
		if (others < this.learned) return false;
		this.growing = Math.min(this.growing, others);
		if (wasLearned && isNews) {
			this.extra = others - this.learned;
			this.trialAfter = Math.min(LONGEST_TRIAL_MS, this.trialAfter * 4);
			this.trialAt = now + this.trialAfter;
		}
		return true;
	}

	/** Forgets the outcomes: the number in flight didn't cause them. */
	forget(): void {
		this.accepted = [];
		this.refused = [];
		this.contradictedAt = undefined;
		this.setLearned(Infinity, 0);
	}

	private note(outcomes: number[], others: number): void {
		for (const list of [this.accepted, this.refused]) {
			list.forEach((weight, level) => (list[level] = weight * MEMORY));
		}
		outcomes[others] = (outcomes[others] ?? 0) + 1;
	}

	private learn(now: number): void {
		const limit = lowestRefused(this.accepted, this.refused);
		if (limit !== this.learned) this.setLearned(limit, now);
	}

	private setLearned(limit: number, now: number): void {
		this.learned = limit;
		this.learnedAt = now;
		this.extra = 0;
		this.trialAfter = FIRST_TRIAL_MS;
		this.trialAt = limit < Infinity ? now + FIRST_TRIAL_MS : Infinity;
	}
}

/**
 * Finds the lowest number of others in flight above which most requests are refused, and hardly any below.
 *
 * @param accepted weights of accepted requests, by the number of others in flight
 * @param refused the same for refused requests
 * @returns `Infinity` if there is no such number
 */
function lowestRefused(accepted: number[], refused: number[]): number {
	const levels = Math.max(accepted.length, refused.length);
	const above = { accepted: sum(accepted), refused: sum(refused) };
	const below = { accepted: 0, refused: 0 };
	for (let level = 0; level < levels; level++) {
		const [acceptedHere, refusedHere] = [accepted[level] ?? 0, refused[level] ?? 0];
		if (level > 0 && refusedHere > 0) {
			const share = shareRefused(above);
			if (share >= SHARE_ABOVE && shareRefused(below) <= share * SHARE_BELOW) return level;
		}
		below.accepted += acceptedHere;
		below.refused += refusedHere;
		above.accepted -= acceptedHere;
		above.refused -= refusedHere;
	}
	return Infinity;
}

const shareRefused = ({ accepted, refused }: { accepted: number; refused: number }): number =>
	refused > 0 ? refused / (refused + accepted) : 0;

const sum = (weights: number[]): number => weights.reduce((total, weight) => total + weight, 0);
