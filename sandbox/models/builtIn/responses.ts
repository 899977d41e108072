import type { ResponseVariantName } from '../../answers/responseVariants';
import type { Schema } from '../../schema/openapi';
import type { Model } from '../model';
import { perMillionTokens } from '../pricing';
import { stream, temperature, topP } from '../schemas/parameters';
import {
	responseInput,
	responseText,
	responseToolChoice,
	responseTools,
} from '../schemas/responses';
import { deviatingModel, mediaModel } from './mediaModel';

const endpoint = '/v1/responses';

const parameters: Record<string, Schema> = {
	input: responseInput,
	instructions: { type: 'string', nullable: true, description: 'What the model is to be.' },
	max_output_tokens: { type: 'integer', minimum: 16 },
	previous_response_id: { type: 'string', nullable: true },
	store: { type: 'boolean', nullable: true, default: false },
	stream: { ...stream, nullable: true },
	text: responseText,
	truncation: { type: 'string', enum: ['auto', 'disabled'], default: 'disabled' },
	tools: responseTools,
	tool_choice: responseToolChoice,
	parallel_tool_calls: { type: 'boolean', nullable: true },
};

const reasoning: Schema = {
	type: 'object',
	nullable: true,
	properties: {
		effort: { type: 'string', nullable: true, enum: ['low', 'medium', 'high'] },
		summary: { type: 'string', nullable: true, enum: ['auto', 'concise', 'detailed'] },
	},
};

const gptPro = mediaModel({
	id: 'openai/gpt-5-5-pro',
	aliases: ['gpt-5-5-pro'],
	endpoint,
	name: 'GPT-5.5 Pro',
	developer: 'OpenAI',
	description: 'Thinks long, always. To be had at /v1/responses alone.',
	capabilities: ['tools', 'structured_output', 'streaming', 'vision', 'file_input'],
	input: ['text', 'image', 'file'],
	pricing: perMillionTokens(15, 120),
	properties: parameters,
	required: ['input'],
});

const grok = mediaModel({
	id: 'x-ai/grok-4-3',
	endpoint,
	name: 'Grok 4.3',
	developer: 'xAI',
	description: 'Thinks as much as it is told to. To be had at /v1/responses alone.',
	capabilities: ['tools', 'structured_output', 'streaming'],
	pricing: perMillionTokens(3, 15),
	properties: { ...parameters, reasoning, temperature, top_p: topP },
	required: ['input'],
});

const descriptions: Record<ResponseVariantName, string> = {
	'response-refusal': 'Refuses: the content is a refusal and no output_text.',
	'response-parts': 'Its text is in two parts of one message.',
};

const deviating = (Object.keys(descriptions) as ResponseVariantName[]).map((variant) =>
	deviatingModel(variant, descriptions[variant], {
		endpoint,
		pricing: perMillionTokens(1, 4),
		properties: parameters,
		required: ['input'],
	}),
);

export const responseModels: Model[] = [gptPro, grok, ...deviating];
