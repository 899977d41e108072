/** A request that was started. */
export interface StartedRequest {
	/** Milliseconds since the epoch. */
	readonly at: number;
	isRefused?: boolean;
}

/** How much an older outcome counts against the latest one: outcomes of the last fifty or so matter. */
const MEMORY = 0.98;
/** The share of refusals that is assumed until some are seen, as so many outcomes. */
const PRIOR = { outcomes: 10, refused: 2 };
const LOWEST_SHARE = 0.05;
/** A streak that is less likely than this does not come at random. */
const UNLIKELY = 0.001;
const SHORTEST = 3;
const LONGEST = 12;

/**
 * Tells a limit that is used up from refusals that come at random, as those of an overloaded provider
 * behind a gateway: a used-up limit refuses every request until it takes some again, whereas at random
 * a long streak of refusals is unlikely.
 *
 * Requests count in the order of their start. A refusal is known sooner than an answer, so in the order
 * of arrival a few refusals among many requests would look like a streak.
 */
export class RefusalStreak {
	/** Started since the last request that was answered, in this order. */
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

	/** Leaves out a request whose outcome says nothing. */
	ignore(request: StartedRequest): void {
		this.recent = this.recent.filter((other) => other !== request);
	}

	forget(): void {
		this.recent = [];
	}

	/** The longest streak of refused requests, in the order of their start. */
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
	 * The latest requests as far back as each is refused or may still be, in the order of their start.
	 *
	 * @param since what was started before this and has no outcome yet counts as taken
	 */
	suspects(since: number): StartedRequest[] {
		const { recent } = this;
		const taken = recent.findLastIndex(({ isRefused, at }) => !isRefused && at <= since);
		return recent.slice(taken + 1);
	}

	/** How many refusals in a row are too unlikely at random, by the share of refusals outside of this streak. */
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
