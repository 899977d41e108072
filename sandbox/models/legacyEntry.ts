import { requestSchema } from '../schema/openapi';
import type { EndpointPath, Model } from './model';

/** The three types that the documentation names; the others are our guess in the same style. */
const LEGACY_TYPES: Record<EndpointPath, string> = {
	'/v1/chat/completions': 'chat-completion',
	'/v1/responses': 'chat-completion',
	'/v1/embeddings': 'embedding',
	'/v1/images/generations': 'image',
	'/v1/images/edits': 'image',
	'/v2/video/generations': 'video',
	'/v2/generate/audio': 'audio',
	'/v1/tts': 'tts',
	'/v1/stt/create': 'stt',
	'/v1/ocr': 'document',
};

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
			type: LEGACY_TYPES[endpoint],
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
