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
import type { Event } from './eventParser';
import type { ExecutionCost } from './executionCost';
import { measureCall, textLength, type UnpricedCall } from './quantities';
import type { EventSource } from './serverSentEvents';
import { ChargeFold, parseCharge, type Charge, type Cost } from './usage';

/** A model's prices in the catalog, for `estimateUsd`. */
type Pricing = (endpoint: Endpoint) => Promise<unknown>;

/** One attempt of a paid call, from before it is sent. */
export interface OpenCount {
	onAnswer(response: ApiResponse): void;
	/** Counts the response if there was one, or else the cost that the error reports. */
	close(error: ApiErrorInfo | undefined): Promise<void>;
	/** Returns the same stream, which counts the call when it ends or is closed, unless `close` did. */
	follow(source: EventSource): EventSource;
}

/** Adds the paid calls of a node to the cost of its execution, and stops them at the limit. */
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
		const call = { body, endpoint, pricing };
		let answer: ApiResponse | undefined;
		return {
			onAnswer: (response) => void (answer = response),
			close: async (error) => {
				if (answer) await this.count(answer, error, call);
				else if (error?.cost) this.cost.add({ cost: error.cost });
			},
			follow: (source) => (answer ? source : { ...source, events: this.followed(source, call) }),
		};
	}

	/**
	 * Adds what a job cost, which was counted without a cost when it started.
	 *
	 * @param jobId as returned by `findJobId`
	 * @param answer the response that reports the end of the job
	 */
	async settle(
		jobId: string,
		cost: Cost | undefined,
		answer: ApiResponse,
		request: PaidRequest,
	): Promise<void> {
		const used = { usage: undefined, json: answer.json, answerLength: 0 };
		const estimatedUsd = cost ? undefined : await estimate(request, used);
		this.cost.settle(jobId, { cost, estimatedUsd });
	}

	private async count(
		answer: ApiResponse,
		error: ApiErrorInfo | undefined,
		call: PaidRequest,
	): Promise<void> {
		const charge = parseCharge(answer);
		// The API charges a call that it reports as failed only if it also reports a cost or tokens.
		if (error && !charge.cost && !charge.usage) return;
		const { json, eventBody } = answer;
		const answerLength = textLength(writtenIn(json ?? eventBody?.events));
		await this.add(charge, call, { json, answerLength });
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
				answerLength += textLength(writtenIn(event));
				yield event;
			}
		} finally {
			await this.add(fold.charge, call, { json: undefined, answerLength });
		}
	}

	private async add(
		{ usage, cost }: Charge,
		call: PaidRequest,
		answer: Pick<UnpricedCall, 'json' | 'answerLength'>,
	): Promise<void> {
		if (JOBS.includes(call.endpoint)) {
			return this.cost.add({ usage, jobId: this.findJobId(answer.json) });
		}
		const estimatedUsd = cost ? undefined : await estimate(call, { usage, ...answer });
		this.cost.add({ usage, cost, estimatedUsd });
	}
}

interface PaidRequest {
	endpoint: Endpoint;
	body: unknown;
	pricing: Pricing;
}

const estimate = async (
	{ endpoint, body, pricing }: PaidRequest,
	used: Omit<UnpricedCall, 'body'>,
): Promise<number | undefined> =>
	estimateUsd(await pricing(endpoint), measureCall({ body, ...used }), body);

/** Endpoints whose calls are charged. */
const PAID: readonly Endpoint[] = [...ENDPOINTS, BATCHES];

/** Those whose cost is known when the job ends. */
const JOBS: readonly Endpoint[] = [VIDEO_GENERATIONS, MUSIC_GENERATIONS, TRANSCRIPTIONS, BATCHES];

/** The parts of a response, or of its events, that the model wrote. */
function writtenIn(answer: unknown): unknown {
	return [answer].flat().map((part) => {
		const { choices, delta, output } = (part ?? {}) as Record<string, unknown>;
		return [choices, delta, output];
	});
}
