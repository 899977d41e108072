import type { Schema } from '../../schema/openapi';
import type { Model } from '../model';
import { perMillionTokens } from '../pricing';
import { chatDocument, requestDocument } from '../schemas/document';
import {
	assistantMessage,
	developerMessage,
	filePart,
	imagePart,
	messagesOf,
	systemMessage,
	textPart,
	toolMessage,
	userMessage,
} from '../schemas/messages';
import {
	logitBias,
	maxCompletionTokens,
	maxTokens,
	modelId,
	penalty,
	reasoningEffort,
	responseFormat,
	seed,
	stop,
	stream,
	streamOptions,
	temperature,
	toolChoice,
	tools,
	topP,
} from '../schemas/parameters';

const developer = 'OpenAI';
const openAiMessages = [systemMessage, developerMessage, assistantMessage, toolMessage];
const playground = ['playground:chat'];
const capabilities = ['vision', 'file_input', 'tools', 'structured_output', 'streaming'];

const sampling: Record<string, Schema> = {
	max_tokens: maxTokens,
	max_completion_tokens: maxCompletionTokens,
	stream,
	stream_options: streamOptions,
	temperature,
	top_p: topP,
	n: { type: 'integer', minimum: 1, nullable: true },
	seed,
	stop,
	frequency_penalty: penalty,
	presence_penalty: penalty,
	logit_bias: logitBias,
	logprobs: { type: 'boolean', nullable: true },
	top_logprobs: { type: 'number', nullable: true, minimum: 0, maximum: 20 },
	tools,
	tool_choice: toolChoice,
	parallel_tool_calls: { type: 'boolean' },
};

export const gpt4oMini: Model = {
	id: 'openai/gpt-4o-mini',
	aliases: ['gpt-4o-mini'],
	endpoint: '/v1/chat/completions',
	info: {
		name: 'GPT-4o mini',
		developer,
		description: 'Small and quick; reads images and PDF files.',
		releasedAt: '2024-07-18',
		contextLength: 128000,
		outputMax: 16384,
		cutoffAt: '2023-10-01',
		url: 'https://aimlapi.com/models/gpt-4o-mini',
		docsUrl: 'https://docs.aimlapi.com/api-references/text-models-llm/openai/gpt-4o-mini',
	},
	tags: playground,
	modalities: { input: ['text', 'image', 'file'], output: ['text'] },
	capabilities,
	pricing: perMillionTokens(0.15, 0.6),
	document: chatDocument({
		model: modelId('openai/gpt-4o-mini', 'gpt-4o-mini'),
		messages: messagesOf(userMessage(imagePart, filePart), ...openAiMessages),
		...sampling,
		response_format: responseFormat,
	}),
};

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

export const gpt4o: Model = {
	...gpt4oMini,
	id: 'openai/gpt-4o',
	aliases: ['gpt-4o'],
	info: {
		...gpt4oMini.info,
		name: 'GPT-4o',
		description:
			'Allround model that reads images and PDF files. Its schema is made of references.',
		releasedAt: '2024-05-13',
		url: 'https://aimlapi.com/models/gpt-4o',
		docsUrl: 'https://docs.aimlapi.com/api-references/text-models-llm/openai/gpt-4o',
	},
	pricing: perMillionTokens(2.5, 10),
	document: requestDocument('/v1/chat/completions', ref('ChatCompletionRequest'), {
		ChatCompletionRequest: {
			type: 'object',
			properties: {
				model: modelId('openai/gpt-4o', 'gpt-4o'),
				messages: { type: 'array', items: ref('Message') },
				...sampling,
				temperature: ref('Temperature'),
				response_format: { ...ref('ResponseFormat') },
				prediction: { anyOf: [ref('Prediction')], nullable: true },
			},
			required: ['model', 'messages'],
		},
		Message: { oneOf: [ref('UserMessage'), ...openAiMessages] },
		UserMessage: {
			type: 'object',
			properties: {
				role: { type: 'string', enum: ['user'] },
				content: {
					anyOf: [{ type: 'string' }, { type: 'array', items: ref('ContentPart') }],
				},
				name: { type: 'string' },
			},
			required: ['role', 'content'],
		},
		ContentPart: { oneOf: [textPart, imagePart, filePart] },
		Temperature: { ...temperature, nullable: true },
		Prediction: {
			type: 'object',
			properties: {
				type: { type: 'string', enum: ['content'] },
				content: { anyOf: [{ type: 'string' }, { type: 'array', items: textPart }] },
			},
			required: ['type', 'content'],
		},
		ResponseFormat: {
			oneOf: [
				{
					type: 'object',
					properties: { type: { type: 'string', enum: ['text', 'json_object'] } },
					required: ['type'],
				},
				{
					type: 'object',
					properties: {
						type: { type: 'string', enum: ['json_schema'] },
						json_schema: {
							type: 'object',
							properties: {
								name: { type: 'string' },
								schema: ref('JsonSchema'),
								strict: { type: 'boolean' },
								description: { type: 'string' },
							},
							required: ['name'],
						},
					},
					required: ['type', 'json_schema'],
				},
			],
		},
		JsonSchema: {
			type: 'object',
			properties: {
				type: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
				properties: { type: 'object', additionalProperties: ref('JsonSchema') },
				items: ref('JsonSchema'),
			},
			additionalProperties: true,
		},
	}),
};

export const o4Mini: Model = {
	...gpt4oMini,
	id: 'openai/o4-mini-2025-04-16',
	aliases: ['o4-mini'],
	info: {
		...gpt4oMini.info,
		name: 'o4-mini',
		description: 'Thinks before it answers. Takes no temperature.',
		releasedAt: '2025-04-16',
		contextLength: 200000,
		outputMax: 100000,
		url: 'https://aimlapi.com/models/o4-mini',
		docsUrl: 'https://docs.aimlapi.com/api-references/text-models-llm/openai/o4-mini',
	},
	pricing: perMillionTokens(1.1, 4.4),
	document: chatDocument({
		model: modelId('openai/o4-mini-2025-04-16', 'o4-mini'),
		messages: messagesOf(userMessage(imagePart, filePart), ...openAiMessages),
		max_tokens: maxTokens,
		max_completion_tokens: maxCompletionTokens,
		stream,
		stream_options: streamOptions,
		seed,
		tools,
		tool_choice: toolChoice,
		response_format: responseFormat,
		reasoning_effort: reasoningEffort,
	}),
};
