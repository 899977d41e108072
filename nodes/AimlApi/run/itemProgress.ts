import { ApiError, type ApiErrorInfo } from '../../shared/errors/ApiError';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { RequestedModel } from '../../shared/transport/fallback';
import { provesNothingStarted } from '../../shared/transport/retry';
import type { Cost } from '../../shared/transport/usage';
import type { Operation } from './operation';

/**
 * What an item has started or got in this run. Another try of the node ('Retry On Fail') goes on from
 * here: it fetches, and does not buy again.
 */
export class ItemProgress {
	/** The model that answered, and for which one it stood in. */
	requested?: RequestedModel;
	/** Answers that were paid for, in the order of the requests. */
	private answers: ApiResponse[] = [];
	/** Why it is not known whether something was started. */
	private ambiguous?: ApiErrorInfo;
	/** US dollars of these answers that are part of the run's cost already. */
	private bookedUsd = 0;

	/**
	 * Hands on what is kept of an earlier try, and otherwise sends and keeps the answer.
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

	/** @returns how much of the cost is new: a kept answer was added to the run's cost before */
	bookCost(inThisTry: { usd: number }, cost: Cost | undefined): number {
		inThisTry.usd += Math.max(0, cost?.usd ?? 0);
		const added = Math.max(0, inThisTry.usd - this.bookedUsd);
		this.bookedUsd += added;
		return added;
	}

	/**
	 * Decides by the error that ended a try what the next one may reuse. An answer that is itself at
	 * fault is worth another one, unless that would start a job again; of a job that failed nothing is
	 * charged.
	 *
	 * @returns the error to throw; one that no other model is to be asked for when something is kept
	 */
	keepAfter(error: unknown, { startsPaidJob = false }: Operation): unknown {
		const info = error instanceof ApiError ? error.info : undefined;
		if (!this.answers.length) {
			if (startsPaidJob && info && mayBeRunning(info)) this.ambiguous = info;
			this.bookedUsd = 0;
			return error;
		}
		const isUseless = startsPaidJob ? info?.kind === 'failed' : info?.kind !== 'fileLost';
		if (isUseless) this.forget();
		return info && !isUseless ? new ApiError({ ...info, isFinal: true }) : error;
	}

	/** @throws ApiError when an earlier try may have started something that another would pay again */
	checkNotRunning(): void {
		if (!this.ambiguous) return;
		throw new ApiError({
			...this.ambiguous,
			description: `An earlier try of this item was sent and may be running, so it was not sent again: that could be charged twice. Look it up before you run it another time. ${this.ambiguous.description}`,
		});
	}

	private forget(): void {
		this.answers = [];
		this.requested = undefined;
		this.bookedUsd = 0;
	}
}

/** Whether a request that starts a job may have started it, although it brought no usable answer. */
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
