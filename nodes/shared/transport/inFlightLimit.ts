/** How much an older outcome counts against the latest one: outcomes of the last forty or so matter. */
const MEMORY = 0.97;
/** A limit of requests in flight refuses most of what comes above it and hardly anything below. */
const SHARE_ABOVE = 0.7;
const SHARE_BELOW = 1 / 3;
/** So many more go at once with each answer, while nothing shows a limit. */
const GROWTH = 0.5;
/** Milliseconds until one more than the limit is tried: half after each that is taken, twice after a refusal. */
const FIRST_TRIAL = 1000;
const SHORTEST_TRIAL = 250;
const LONGEST_TRIAL = 30_000;

/** How a request met the API: with how many others in flight, and when it was started. */
export interface Attempt {
	others: number;
	readonly at: number;
}

/**
 * How many requests may be in flight. Learns an API's limit of simultaneous requests from the number of
 * others in flight when a request was taken or refused: such a limit refuses from a certain number on and
 * not below, which neither a limit of the rate nor chance does. Times are milliseconds since the epoch.
 */
export class InFlightLimit {
	/** Requests taken and refused, by the number of others in flight; older ones count less. */
	private taken: number[] = [];
	private refused: number[] = [];
	/** How many may go while no limit is learned. */
	private growing = 0;
	private learned = Infinity;
	private learnedAt = 0;
	/** So many more than learned are being tried. */
	private extra = 0;
	private trialAfter = FIRST_TRIAL;
	private trialAt = Infinity;
	/** When a request was refused below the limit: until one that started later is taken, none is learned. */
	private contradictedAt?: number;

	/** Another run begins with so many requests at once. */
	raise(by: number): void {
		this.growing += by;
	}

	/** When one more than the present limit may be in flight. */
	get nextTrial(): number {
		return this.trialAt;
	}

	current(now: number): number {
		if (now >= this.trialAt) {
			this.extra++;
			this.trialAt = now + this.trialAfter;
			this.trialAfter = Math.max(SHORTEST_TRIAL, this.trialAfter / 2);
		}
		return Math.max(1, Math.floor(Math.min(this.growing, this.learned + this.extra)));
	}

	/** @param cap how many may be in flight at most in any case */
	onSuccess({ others, at }: Attempt, now: number, cap: number): void {
		this.note(this.taken, others);
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
		// What was started before the limit was known does not contradict it.
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
			this.trialAfter = Math.min(LONGEST_TRIAL, this.trialAfter * 4);
			this.trialAt = now + this.trialAfter;
		}
		return true;
	}

	/** Forgets the outcomes: they came from something else than the number in flight. */
	forget(): void {
		this.taken = [];
		this.refused = [];
		this.contradictedAt = undefined;
		this.setLearned(Infinity, 0);
	}

	private note(outcomes: number[], others: number): void {
		for (const list of [this.taken, this.refused]) {
			list.forEach((weight, level) => (list[level] = weight * MEMORY));
		}
		outcomes[others] = (outcomes[others] ?? 0) + 1;
	}

	private learn(now: number): void {
		const limit = lowestRefused(this.taken, this.refused);
		if (limit !== this.learned) this.setLearned(limit, now);
	}

	private setLearned(limit: number, now: number): void {
		this.learned = limit;
		this.learnedAt = now;
		this.extra = 0;
		this.trialAfter = FIRST_TRIAL;
		this.trialAt = limit < Infinity ? now + FIRST_TRIAL : Infinity;
	}
}

/**
 * The lowest number of others from which on most requests are refused, with hardly any refused below.
 *
 * @param taken weights of the requests that were taken, by the number of others
 * @param refused the same of those that were refused
 * @returns `Infinity` when there is no such number
 */
function lowestRefused(taken: number[], refused: number[]): number {
	const levels = Math.max(taken.length, refused.length);
	const above = { taken: sum(taken), refused: sum(refused) };
	const below = { taken: 0, refused: 0 };
	for (let level = 0; level < levels; level++) {
		const [takenHere, refusedHere] = [taken[level] ?? 0, refused[level] ?? 0];
		if (level > 0 && refusedHere > 0) {
			const share = shareRefused(above);
			if (share >= SHARE_ABOVE && shareRefused(below) <= share * SHARE_BELOW) return level;
		}
		below.taken += takenHere;
		below.refused += refusedHere;
		above.taken -= takenHere;
		above.refused -= refusedHere;
	}
	return Infinity;
}

const shareRefused = ({ taken, refused }: { taken: number; refused: number }): number =>
	refused > 0 ? refused / (refused + taken) : 0;

const sum = (weights: number[]): number => weights.reduce((total, weight) => total + weight, 0);
