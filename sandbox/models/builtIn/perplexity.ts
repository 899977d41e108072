import type { Model } from '../model';
import { chatDocument } from '../schemas/document';
import {
	assistantMessage,
	imagePart,
	messagesOf,
	systemMessage,
	userMessage,
} from '../schemas/messages';
import {
	maxTokens,
	modelId,
	penalty,
	responseFormat,
	seed,
	stream,
	streamOptions,
	temperature,
	topP,
} from '../schemas/parameters';

/** American dates, as the documentation has them: 3/1/2025. */
const date = {
	type: 'string',
	pattern: '^(0?[1-9]|1[0-2])/(0?[1-9]|[12]\\d|3[01])/\\d{4}$',
};

/** Searches the web and says where it found things. Its price depends on a parameter. */
export const sonar: Model = {
	id: 'perplexity/sonar',
	aliases: [],
	endpoint: '/v1/chat/completions',
	info: {
		name: 'Sonar',
		developer: 'Perplexity',
		description: 'Answers from the web, with its sources. Takes no tools.',
		releasedAt: '2025-01-21',
		contextLength: 128000,
		outputMax: 8192,
		cutoffAt: '2025-01-01',
		url: 'https://aimlapi.com/models/sonar',
		docsUrl: 'https://docs.aimlapi.com/api-references/text-models-llm/perplexity/sonar',
	},
	tags: ['playground:chat'],
	modalities: { input: ['text', 'image'], output: ['text'] },
	capabilities: ['vision', 'structured_output', 'streaming'],
	pricing: {
		kind: 'variants',
		dimensions: ['search_mode'],
		variants: [
			{ when: { search_mode: 'web' }, unit: 'input_token', price: 1, per: 1_000_000 },
			{ when: { search_mode: 'web' }, unit: 'output_token', price: 1, per: 1_000_000 },
			{ when: { search_mode: 'academic' }, unit: 'input_token', price: 2, per: 1_000_000 },
			{ when: { search_mode: 'academic' }, unit: 'output_token', price: 8, per: 1_000_000 },
		],
	},
	variant: 'citations',
	document: chatDocument({
		model: modelId('perplexity/sonar'),
		messages: messagesOf(userMessage(imagePart), systemMessage, assistantMessage),
		max_tokens: maxTokens,
		stream,
		stream_options: streamOptions,
		temperature,
		top_p: topP,
		top_k: { type: 'number' },
		frequency_penalty: penalty,
		presence_penalty: penalty,
		seed,
		response_format: responseFormat,
		web_search_options: {
			type: 'object',
			properties: {
				search_context_size: { type: 'string', enum: ['low', 'medium', 'high'] },
			},
		},
		search_mode: { type: 'string', enum: ['academic', 'web'] },
		search_domain_filter: { type: 'array', items: { type: 'string' } },
		search_recency_filter: { type: 'string', enum: ['day', 'week', 'month', 'year'] },
		search_after_date_filter: date,
		search_before_date_filter: date,
		return_images: { type: 'boolean' },
		return_related_questions: { type: 'boolean' },
	}),
};
