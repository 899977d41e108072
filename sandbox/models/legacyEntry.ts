import { requestSchema } from '../schema/openapi';
import { ENDPOINT_KINDS } from './kinds';
import type { Model } from './model';

/** Features of a chat model, each with the parameter that implies it. */
const FEATURES = [
	['messages', 'openai/chat-completion'],
	['tools', 'openai/chat-completion.function'],
	['stream', 'openai/chat-completion.stream'],
	['stop', 'openai/chat-completion.stop'],
	['seed', 'openai/chat-completion.seed'],
	['n', 'openai/chat-completion.number-of-messages'],
	['max_completion_tokens', 'openai/chat-completion.max-completion-tokens'],
	['reasoning_effort', 'openai/chat-completion.reasoning'],
	['response_format', 'openai/chat-completion.response-format'],
];

/** The catalog until August 2026: one entry per ID. */
export function legacyEntries(models: readonly Model[]) {
	const ids = [...new Set(models.map(({ id }) => id))];
	return ids.map((id) => {
		const served = models.filter((model) => model.id === id);
		const [{ endpoint, info }] = served;
		return {
			id,
			type: ENDPOINT_KINDS[endpoint].legacyType,
			info: {
				name: info.name,
				developer: info.developer,
				description: info.description,
				contextLength: info.contextLength,
				maxTokens: info.outputMax,
				url: info.url,
				docs_url: info.docsUrl,
			},
			features: served.flatMap(featuresOf),
			endpoints: served.map((model) => model.endpoint),
		};
	});
}

function featuresOf({ endpoint, document }: Model): string[] {
	if (endpoint === '/v1/responses') return ['openai/response-api'];
	if (endpoint !== '/v1/chat/completions') return [];
	const parameters = requestSchema(document).properties as object;
	return FEATURES.filter(([parameter]) => parameter in parameters).map(([, feature]) => feature);
}
