import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { requireCredits } from './account';
import { ApiError } from './errors';
import type { FaultAction } from './faults';
import type { EndpointPath, Model } from './models/model';
import type { Cost } from './models/pricing';
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
}

/** What a model answers. */
export interface ModelAnswer {
	/** An object is sent as JSON; an iterable of texts as server-sent events. */
	body: object | AsyncIterable<string>;
	cost: Cost;
}

/** An endpoint that runs models and costs money. */
export interface ModelEndpoint {
	/** The documented path, by which models are filed. */
	path: EndpointPath;
	/** Other paths that do the same. */
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
			const call = readCall(state, endpoint, request);
			const answer = endpoint.answer(call, state);
			state.ledger.book(request.call, answer.cost);
			return sendAnswer(reply, call.model, answer);
		});
	}
}

function readCall(
	{ catalogue }: SandboxState,
	endpoint: ModelEndpoint,
	{ body, call }: FastifyRequest,
): ModelCall {
	if (typeof body !== 'object' || body === null) {
		throw new ApiError(400, 'Body validation error\nExpected a JSON object');
	}
	if (call.model === undefined) {
		throw new ApiError(400, 'Body validation error\nRequired at model', {
			errors: [{ path: 'model', message: 'Required at model' }],
		});
	}
	const model = catalogue.find(call.model, endpoint.path);
	if (!model) throw new ApiError(404, `Model ${call.model} not found`);
	checkBody(model.document, body);
	const { requestId, fault } = call;
	return { model, body: body as Record<string, unknown>, requestId, fault };
}

function sendAnswer(reply: FastifyReply, model: Model, { body, cost }: ModelAnswer) {
	reply.code(model.successStatus ?? 200);
	if (Symbol.asyncIterator in body) {
		// Documented: the cost is in the headers of JSON answers only.
		return reply.type('text/event-stream').send(ReadableStream.from(body));
	}
	reply.header('x-aimlapi-credits-used', cost.credits);
	reply.header('x-aimlapi-usd-spent', cost.usd);
	return reply.send(body);
}
