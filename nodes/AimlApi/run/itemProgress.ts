import { ApiError, type ApiErrorInfo } from '../../shared/errors/ApiError';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { RequestedModel } from '../../shared/transport/fallback';
import { provesNothingStarted } from '../../shared/transport/retry';
import { addCost, type Cost } from '../../shared/transport/usage';
import type { Operation } from './operation';

/**
 * What an item has already started or received in this run. When 'Retry On Fail' runs the node again,
 * the item continues from here instead of paying twice.
 */
export class ItemProgress {
	/** The model that answered, and the chosen one if it was a fallback. */
	requested?: RequestedModel;
	/** Paid responses, in the order of the requests. */
	private answers: ApiResponse[] = [];
	/** The error that left it unknown whether a job was started. */
	private ambiguous?: ApiErrorInfo;
	/** The part of the cost of these responses already added to the run's cost. */
	private booked = NOTHING;
	/** The cost of this item's requests that got no usable response. */
	private lost = NOTHING;

	/** The cost of failed requests in all tries; `undefined` for none. */
	get lostCost(): Cost | undefined {
		return unlessZero(this.lost);
	}

	/** Everything this item has cost so far; `undefined` for nothing. */
	get paidCost(): Cost | undefined {
		return unlessZero(addCost(this.lost, this.booked)!);
	}

	addLoss(cost: Cost): void {
		this.lost = addCost(this.lost, positive(cost))!;
	}

	/**
	 * Returns the response kept from an earlier try, or sends the request and keeps its response.
	 *
	 * @param requests counts the item's requests in this try
	 */
	async send(
		requests: { count: number },
		requested: RequestedModel,
		request: () => Promise<ApiResponse>,
	): Promise<ApiResponse> {
		const position = requests.count++;
		if (position < this.answers.length) return this.answers[position];
		const response = await request();
		this.answers.push(response);
		this.requested = requested;
		return response;
	}

	/** @returns the new part of the cost, in US dollars: kept responses were counted before */
	bookCost(inThisTry: Cost, cost: Cost | undefined): number {
		const { usd, credits } = positive(cost);
		inThisTry.usd += usd;
		inThisTry.credits += credits;
		const before = this.booked;
		this.booked = {
			usd: Math.max(before.usd, inThisTry.usd),
			credits: Math.max(before.credits, inThisTry.credits),
		};
		return this.booked.usd - before.usd;
	}

	/**
	 * Decides, by the error that ended a try, what the next try reuses. An invalid response is requested
	 * again unless that would start another job; a failed job is not charged, so it may start again.
	 *
	 * @returns the error to throw; it rules out fallback models if something is kept
	 */
	keepAfter(error: unknown, { startsPaidJob = false }: Operation): unknown {
		const info = error instanceof ApiError ? error.info : undefined;
		if (!this.answers.length) {
			if (startsPaidJob && info && mayBeRunning(info)) this.ambiguous = info;
			this.forget();
			return error;
		}
		const isUseless = startsPaidJob ? info?.kind === 'failed' : info?.kind !== 'fileLost';
		if (isUseless) this.forget();
		return info && !isUseless ? new ApiError({ ...info, isFinal: true }) : error;
	}

	/** @throws ApiError if an earlier try may have started a job that this one would pay for again */
	checkNotRunning(): void {
		if (!this.ambiguous) return;
		throw new ApiError({
			...this.ambiguous,
			description: `An earlier try of this item was sent and may be running, so it was not sent again: that could be charged twice. Look it up before you run it another time. ${this.ambiguous.description}`,
		});
	}

	private forget(): void {
		this.addLoss(this.booked);
		this.answers = [];
		this.requested = undefined;
		this.booked = NOTHING;
	}
}

const NOTHING: Cost = { usd: 0, credits: 0 };

const unlessZero = (cost: Cost): Cost | undefined => (cost.usd || cost.credits ? cost : undefined);

const positive = ({ usd, credits }: Cost = NOTHING): Cost => ({
	usd: Math.max(0, usd),
	credits: Math.max(0, credits),
});

/** Whether a request may have started its job although it got no usable response. */
function mayBeRunning(info: ApiErrorInfo): boolean {
	switch (info.kind) {
		case 'timedOut':
		case 'brokenAnswer':
		case 'tooLarge':
		case 'unusableAnswer':
			return true;
		case 'unavailable':
			return !provesNothingStarted(info);
		default:
			return false;
	}
}
