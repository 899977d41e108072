import type { Schema } from '../../schema/openapi';
import type { Model } from '../model';
import { perMillionTokens } from '../pricing';
import { chatDocument } from '../schemas/document';
import { textPart } from '../schemas/messages';
import { maxTokens, modelId, stream } from '../schemas/parameters';

const text: Schema = { type: 'string' };
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });

const base64Source = (mediaTypes: string[]): Schema => ({
	type: 'object',
	properties: { type: oneOf('base64'), media_type: oneOf(...mediaTypes), data: text },
	required: ['type', 'media_type', 'data'],
});

const nativeImagePart: Schema = {
	type: 'object',
	properties: {
		type: oneOf('image'),
		source: base64Source(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
	},
	required: ['type', 'source'],
	additionalProperties: false,
};

const documentPart: Schema = {
	type: 'object',
	properties: {
		type: oneOf('document'),
		source: {
			anyOf: [
				base64Source(['application/pdf', 'text/plain']),
				{
					type: 'object',
					properties: { type: oneOf('text'), data: text },
					required: ['type', 'data'],
				},
			],
		},
	},
	required: ['type', 'source'],
	additionalProperties: false,
};

const toolUsePart: Schema = {
	type: 'object',
	properties: {
		type: oneOf('tool_use'),
		id: text,
		name: text,
		input: { type: 'object', additionalProperties: { nullable: true } },
	},
	required: ['type', 'id', 'name', 'input'],
};

const toolResultPart: Schema = {
	type: 'object',
	properties: {
		type: oneOf('tool_result'),
		tool_use_id: text,
		is_error: { type: 'boolean' },
		content: { anyOf: [text, { type: 'array', items: textPart }] },
	},
	required: ['type', 'tool_use_id'],
};

/** Takes Anthropic's own form only: top-level `system`, parts with `source`, `input_schema`. */
export const claudeOpus: Model = {
	id: 'anthropic/claude-opus-4-5',
	aliases: ['claude-opus-4-5', 'claude-opus-4-5-20251101'],
	endpoint: '/v1/chat/completions',
	info: {
		name: 'Claude Opus 4.5',
		developer: 'Anthropic',
		description: 'Careful with long tasks. Takes the system prompt as a parameter of its own.',
		releasedAt: '2025-11-01',
		contextLength: 200000,
		outputMax: 64000,
		cutoffAt: '2025-05-01',
		url: 'https://aimlapi.com/models/claude-opus-4-5',
		docsUrl: 'https://docs.aimlapi.com/api-references/text-models-llm/anthropic/claude-opus-4-5',
	},
	tags: ['playground:chat', 'tier:tier_2'],
	modalities: { input: ['text', 'image', 'file'], output: ['text'] },
	capabilities: ['vision', 'file_input', 'tools', 'streaming'],
	pricing: perMillionTokens(5, 25),
	document: chatDocument({
		model: modelId('anthropic/claude-opus-4-5', 'claude-opus-4-5', 'claude-opus-4-5-20251101'),
		messages: {
			type: 'array',
			items: {
				type: 'object',
				properties: {
					role: oneOf('user', 'assistant'),
					content: {
						anyOf: [
							text,
							{
								type: 'array',
								items: {
									oneOf: [textPart, nativeImagePart, documentPart, toolUsePart, toolResultPart],
								},
							},
						],
					},
				},
				required: ['role', 'content'],
				additionalProperties: false,
			},
		},
		max_tokens: { ...maxTokens, default: 32000 },
		system: text,
		stop_sequences: { type: 'array', items: text },
		stream,
		temperature: { type: 'number', minimum: 0, maximum: 1 },
		top_p: { type: 'number', minimum: 0, maximum: 1 },
		top_k: { type: 'number', minimum: 0 },
		metadata: { type: 'object', additionalProperties: text },
		thinking: {
			anyOf: [
				{
					type: 'object',
					properties: {
						type: oneOf('enabled'),
						budget_tokens: { type: 'integer', minimum: 1024 },
					},
					required: ['type', 'budget_tokens'],
				},
				{ type: 'object', properties: { type: oneOf('disabled') }, required: ['type'] },
			],
		},
		tools: {
			type: 'array',
			items: {
				type: 'object',
				properties: {
					name: text,
					description: text,
					input_schema: {
						type: 'object',
						properties: { type: oneOf('object') },
						required: ['type'],
						additionalProperties: { nullable: true },
					},
				},
				required: ['name', 'input_schema'],
				additionalProperties: false,
			},
		},
		tool_choice: {
			anyOf: [
				{ type: 'object', properties: { type: oneOf('auto', 'any', 'none') }, required: ['type'] },
				{
					type: 'object',
					properties: { type: oneOf('tool'), name: text },
					required: ['type', 'name'],
				},
			],
		},
	}),
};
