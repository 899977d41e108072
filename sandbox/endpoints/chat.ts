import type { FastifyInstance } from 'fastify';
import { chatVariantOf } from '../answers/chatVariants';
import { chunksOf, type StreamForm } from '../answers/chunks';
import { complete } from '../answers/completion';
import { serveModelEndpoint, type ModelAnswer, type ModelCall } from '../server/modelRoute';
import type { Model } from '../models/model';
import { sleep } from '../server/sleep';
import type { SandboxState } from '../server/state';

/** POST /v1/chat/completions: one JSON answer, or a stream of chunks. */
export function serveChat(api: FastifyInstance, state: SandboxState): void {
	serveModelEndpoint(api, state, {
		path: '/v1/chat/completions',
		aliases: ['/chat/completions', '/v2/chat/completions'],
		answer: answerChat,
	});
}

function answerChat(call: ModelCall, state: SandboxState): ModelAnswer {
	const { completion, cost } = complete(call, state.promptCache.use(call.body));
	const { usage } = completion;
	if (call.body.stream !== true) return { body: completion, usage, cost };
	const { fragment } = chatVariantOf(call.model.variant);
	const chunks = chunksOf(completion, streamFormOf(call.model), fragment);
	return { body: events(chunks, state), usage, cost };
}

const streamFormOf = ({ id }: Model): StreamForm => {
	if (/claude/.test(id)) return 'anthropic';
	return /qwen/.test(id) ? 'qwen' : 'openai';
};

async function* events(chunks: Iterable<object>, { chunkDelayMs }: SandboxState) {
	for (const chunk of chunks) {
		yield `data: ${JSON.stringify(chunk)}\n\n`;
		await sleep(chunkDelayMs);
	}
	yield 'data: [DONE]\n\n';
}
