import { ApiError, type ApiErrorInfo } from '../../shared/errors/ApiError';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { RequestedModel } from '../../shared/transport/fallback';
import { provesNothingStarted } from '../../shared/transport/retry';
import type { Cost } from '../../shared/transport/usage';
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
	/** US dollars of these responses already added to the run's cost. */
	private bookedUsd = 0;

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
	bookCost(inThisTry: { usd: number }, cost: Cost | undefined): number {
		inThisTry.usd += Math.max(0, cost?.usd ?? 0);
		const added = Math.max(0, inThisTry.usd - this.bookedUsd);
		this.bookedUsd += added;
		return added;
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
			this.bookedUsd = 0;
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
		this.answers = [];
		this.requested = undefined;
		this.bookedUsd = 0;
	}
}

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
