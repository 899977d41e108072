import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireCredits } from './account';
import { ApiError, bodyError } from './errors';
import type { FaultAction } from './faults';
import { isForm } from './form';
import type { LoggedCall } from './requestLog';
import type { EndpointPath, Model } from '../models/model';
import type { Cost } from '../models/pricing';
import type { SandboxState } from './state';
import { checkBody } from './validation';

/** A valid request to a model. */
export interface ModelCall {
	model: Model;
	/** Checked against the model's schema. */
	body: Record<string, unknown>;
	/** `x-inference-id`. */
	requestId: string;
	fault?: FaultAction;
	/** Its entry in the request log. */
	record: LoggedCall;
	/** The sandbox as the client addressed it, e.g. `http://127.0.0.1:4010`. */
	origin: string;
}

/** A model's response. */
export interface ModelAnswer {
	/**
	 * A buffer is sent unchanged, an iterable of texts as server-sent events, other objects as JSON.
	 */
	body: object | AsyncIterable<string>;
	/** The counted tokens, in the form that the body has them. */
	usage?: object;
	/** For a buffer. */
	contentType?: string;
	/** Absent if nothing is charged yet. */
	cost?: Cost;
	/** The cost is only in the body. */
	withoutCostHeaders?: boolean;
	/** `x-inference-id`, if different from the call's. */
	requestId?: string;
}

/** A paid endpoint that runs models. */
export interface ModelEndpoint {
	/** The documented path, which models are listed under. */
	path: EndpointPath;
	/** Other paths of the same endpoint. */
	aliases: string[];
	answer: (call: ModelCall, state: SandboxState) => ModelAnswer;
}

/** Serves an endpoint: credits, model, body, answer, charge; in this order. */
export function serveModelEndpoint(
	api: FastifyInstance,
	state: SandboxState,
	endpoint: ModelEndpoint,
): void {
	for (const path of [endpoint.path, ...endpoint.aliases]) {
		api.post(path, async (request, reply) => {
			requireCredits(state, request);
			const call = parseCall(state, endpoint, request);
			const answer = endpoint.answer(call, state);
			request.call.tokens = tokensOf(answer.usage);
			if (answer.cost) state.requestLog.charge(request.call, answer.cost);
			if (answer.requestId) renameCall(request.call, reply, answer.requestId);
			return sendAnswer(reply, call.model, answer);
		});
	}
}

function tokensOf(usage: object | undefined): LoggedCall['tokens'] {
	const counts = { ...(usage as Record<string, number>) };
	const input = counts.prompt_tokens ?? counts.input_tokens ?? 0;
	const output = counts.completion_tokens ?? counts.output_tokens ?? 0;
	return { input, output, total: input + output };
}

function parseCall(
	{ catalog }: SandboxState,
	endpoint: ModelEndpoint,
	{ body, call, headers, protocol, host }: FastifyRequest,
): ModelCall {
	if (typeof body !== 'object' || body === null) {
		throw new ApiError(400, 'Body validation error\nExpected a JSON object or a form');
	}
	if (call.model === undefined) throw bodyError('model', 'Required at model');
	const model = catalog.find(call.model, endpoint.path);
	if (!model) throw new ApiError(404, `Model ${call.model} not found`);
	checkBody(model.document, body, isForm(headers['content-type']));
	return {
		model,
		body: body as Record<string, unknown>,
		requestId: call.requestId,
		fault: call.fault,
		record: call,
		origin: `${protocol}://${host}`,
	};
}

function renameCall(record: LoggedCall, reply: FastifyReply, requestId: string): void {
	record.requestId = requestId;
	reply.header('x-inference-id', requestId);
}

function sendAnswer(reply: FastifyReply, model: Model, answer: ModelAnswer) {
	const { body, contentType, cost, withoutCostHeaders } = answer;
	reply.code(model.successStatus ?? 200);
	// Documented: the cost is in the headers of JSON answers only.
	if (Symbol.asyncIterator in body) {
		return reply.type('text/event-stream').send(ReadableStream.from(body));
	}
	if (Buffer.isBuffer(body)) return reply.type(String(contentType)).send(body);
	if (cost && !withoutCostHeaders) sendCost(reply, cost);
	return reply.send(body);
}

/** Sets the cost headers. */
export function sendCost(reply: FastifyReply, cost: Cost): void {
	reply.header('x-aimlapi-credits-used', cost.credits);
	reply.header('x-aimlapi-usd-spent', cost.usd);
}
