import type { IHttpRequestOptions } from 'n8n-workflow';
import type { ApiErrorInfo } from '../errors/ApiError';
import {
	BATCHES,
	ENDPOINTS,
	MUSIC_GENERATIONS,
	TRANSCRIPTIONS,
	VIDEO_GENERATIONS,
	type Endpoint,
} from '../models/endpoints';
import { estimateUsd } from '../models/estimate';
import type { ApiResponse } from './apiResponse';
import type { ExecutionCost } from './executionCost';
import { measureCall, textLength, type UnpricedCall } from './quantities';
import type { Event, EventSource } from './serverSentEvents';
import { ChargeFold, parseCharge, type Cost } from './usage';

/** A model's prices in the catalog, for `estimateUsd`. */
type Pricing = (endpoint: Endpoint) => Promise<unknown>;

/** One attempt of a paid call, from before it is sent. */
export interface OpenCount {
	onAnswer(response: ApiResponse): void;
	/** Counts the answer, if there was one that may be charged. */
	close(error: ApiErrorInfo | undefined): Promise<void>;
	/** The same stream; the call is counted when it ends or is left. */
	follow(source: EventSource): EventSource;
}

/** Counts the paid calls of a node into the cost of its execution, and stops them at the limit. */
export class CallMeter {
	/**
	 * @param limit US dollars, 'Execution Cost Limit'; 0 for none
	 * @param findJobId the ID of the job in the answer that started it
	 */
	constructor(
		private readonly cost: ExecutionCost,
		private readonly limit: number | undefined,
		private readonly findJobId: (json: unknown) => string = () => '',
	) {}

	/**
	 * @returns `undefined` for a request that costs nothing
	 * @throws ApiError when the execution has reached its limit
	 */
	open({ method, url, body }: IHttpRequestOptions, pricing: Pricing): OpenCount | undefined {
		const endpoint = method === 'POST' ? PAID.find(({ path }) => path === url) : undefined;
		if (!endpoint) return undefined;
		this.cost.check(this.limit);
		let answer: ApiResponse | undefined;
		return {
			onAnswer: (response) => void (answer = response),
			close: async (error) => {
				if (answer) await this.count(answer, error, { body, endpoint, pricing });
			},
			follow: (source) => ({
				...source,
				events: this.followed(source, { body, endpoint, pricing }),
			}),
		};
	}

	/**
	 * Adds what a job cost, which was counted without a cost when it started.
	 *
	 * @param jobId as `findJobId` found it
	 * @param answer the one that says that the job has ended
	 */
	async settle(
		jobId: string,
		cost: Cost | undefined,
		answer: ApiResponse,
		{ endpoint, body, pricing }: PaidRequest,
	): Promise<void> {
		const used = { body, usage: undefined, json: answer.json, answerLength: 0 };
		const estimatedUsd = cost
			? undefined
			: estimateUsd(await pricing(endpoint), measureCall(used), body);
		this.cost.settle(jobId, { cost, estimatedUsd });
	}

	private async count(
		answer: ApiResponse,
		error: ApiErrorInfo | undefined,
		call: PaidRequest,
	): Promise<void> {
		const { usage, cost } = parseCharge(answer);
		// What the API reports as failed is not charged, unless it says so.
		if (error && !cost && !usage) return;
		const { json } = answer;
		const told = json ?? answer.eventBody?.events;
		await this.add({ usage, cost }, call, { json, answerLength: textLength(spokenIn(told)) });
	}

	private async *followed(
		{ events, response }: EventSource,
		call: PaidRequest,
	): AsyncGenerator<Event> {
		const fold = new ChargeFold(response);
		let answerLength = 0;
		try {
			for await (const event of events) {
				fold.add(event);
				answerLength += textLength(spokenIn(event));
				yield event;
			}
		} finally {
			await this.add(fold.charge, call, { json: undefined, answerLength });
		}
	}

	private async add(
		{ usage, cost }: ChargeFold['charge'],
		{ endpoint, body, pricing }: PaidRequest,
		answer: Pick<UnpricedCall, 'json' | 'answerLength'>,
	): Promise<void> {
		if (JOBS.includes(endpoint)) {
			return this.cost.add({ usage, jobId: this.findJobId(answer.json) });
		}
		const estimatedUsd = cost
			? undefined
			: estimateUsd(await pricing(endpoint), measureCall({ body, usage, ...answer }), body);
		this.cost.add({ usage, cost, estimatedUsd });
	}
}

export interface PaidRequest {
	endpoint: Endpoint;
	body: unknown;
	pricing: Pricing;
}

/** Endpoints whose calls are charged. */
const PAID: readonly Endpoint[] = [...ENDPOINTS, BATCHES];

/** Those whose cost is known when the job ends. */
const JOBS: readonly Endpoint[] = [VIDEO_GENERATIONS, MUSIC_GENERATIONS, TRANSCRIPTIONS, BATCHES];

/** The parts of an answer, or of its events, that a model writes. */
function spokenIn(answer: unknown): unknown {
	return [answer].flat().map((part) => {
		const { choices, delta, output } = (part ?? {}) as Record<string, unknown>;
		return [choices, delta, output];
	});
}
