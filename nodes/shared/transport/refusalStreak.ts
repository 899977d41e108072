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

	/** Whether a streak of this length would come at random with no more than this probability. */
	isUnlikely(length: number, probability: number): boolean {
		const [refused, outcomes] = [this.refused - length, this.outcomes - length];
		const share = Math.max(LOWEST_SHARE, refused / outcomes);
		const needed = Math.ceil(Math.log(probability) / Math.log(share));
		return length >= Math.min(LONGEST, Math.max(SHORTEST, needed));
	}

	private count(isRefused: boolean): void {
		this.outcomes = this.outcomes * MEMORY + 1;
		this.refused = this.refused * MEMORY + Number(isRefused);
	}
}
