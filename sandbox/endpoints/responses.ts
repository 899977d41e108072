import type { FastifyInstance } from 'fastify';
import { respond } from '../answers/response';
import { eventsOf } from '../answers/responseEvents';
import { serveModelEndpoint, type ModelAnswer, type ModelCall } from '../server/modelRoute';
import { sleep } from '../server/sleep';
import type { SandboxState } from '../server/state';

/** POST /v1/responses: one JSON answer, or a stream of events. */
export function serveResponses(api: FastifyInstance, state: SandboxState): void {
	serveModelEndpoint(api, state, {
		path: '/v1/responses',
		aliases: ['/responses'],
		answer: answerResponse,
	});
}

function answerResponse(call: ModelCall, state: SandboxState): ModelAnswer {
	const { response, cost } = respond(call);
	const body = call.body.stream === true ? stream(eventsOf(response), state) : response;
	return { body, usage: response.usage, cost };
}

async function* stream(events: Iterable<{ type: string }>, { chunkDelayMs }: SandboxState) {
	for (const event of events) {
		yield `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
		await sleep(chunkDelayMs);
	}
}
