/** A request that was started. */
export interface StartedRequest {
	/** Milliseconds since the epoch. */
	readonly at: number;
	isRefused?: boolean;
}

/** The weight of an outcome falls by this factor with each later one: about the last fifty matter. */
const MEMORY = 0.98;
/** The share of refusals assumed at first, as a number of outcomes. */
const PRIOR = { outcomes: 10, refused: 2 };
const LOWEST_SHARE = 0.05;
/** A streak less likely than this is not chance. */
const UNLIKELY = 0.001;
const SHORTEST = 3;
const LONGEST = 12;

/**
 * Tells a used-up limit from random refusals, such as those of an overloaded provider behind a gateway: a
 * used-up limit refuses every request for a while, whereas a long streak of random refusals is unlikely.
 *
 * Requests count in the order of their start. A refusal arrives sooner than an answer, so in the order
 * of arrival a few refusals among many requests would look like a streak.
 */
export class RefusalStreak {
	/** Started since the last answered request, in order. */
	private recent: StartedRequest[] = [];
	private outcomes = PRIOR.outcomes;
	private refused = PRIOR.refused;

	onStart(request: StartedRequest): void {
		this.recent.push(request);
	}

	onSuccess(request: StartedRequest): void {
		this.count(false);
		this.recent.splice(0, this.recent.indexOf(request) + 1);
	}

	onRefused(request: StartedRequest): void {
		this.count(true);
		request.isRefused = true;
	}

	/** The share of refusals among the latest outcomes. */
	get share(): number {
		return this.refused / this.outcomes;
	}

	/** Ignores a request whose outcome says nothing. */
	ignore(request: StartedRequest): void {
		this.recent = this.recent.filter((other) => other !== request);
	}

	forget(): void {
		this.recent = [];
	}

	/** The longest streak of refused requests, in order of their start. */
	longest(): StartedRequest[] {
		let longest: StartedRequest[] = [];
		let streak: StartedRequest[] = [];
		for (const request of this.recent) {
			streak = request.isRefused ? [...streak, request] : [];
			if (streak.length > longest.length) longest = streak;
		}
		return longest;
	}

	/**
	 * The latest requests back to the last accepted one: each is refused, or may still be.
	 *
	 * @param since requests started before this without an outcome count as accepted
	 */
	suspects(since: number): StartedRequest[] {
		const { recent } = this;
		const accepted = recent.findLastIndex(({ isRefused, at }) => !isRefused && at <= since);
		return recent.slice(accepted + 1);
	}

	/** How many refusals in a row are not chance, by the share of refusals outside this streak. */
	needed(streak: StartedRequest[]): number {
		const refusals = streak.filter(({ isRefused }) => isRefused).length;
		const share = Math.max(LOWEST_SHARE, (this.refused - refusals) / (this.outcomes - refusals));
		const needed = Math.ceil(Math.log(UNLIKELY) / Math.log(share));
		return Math.min(LONGEST, Math.max(SHORTEST, needed));
	}

	private count(isRefused: boolean): void {
		this.outcomes = this.outcomes * MEMORY + 1;
		this.refused = this.refused * MEMORY + Number(isRefused);
	}
}
