import type { Model } from '../model';
import { perUnit } from '../pricing';
import { mediaModel } from './mediaModel';

const endpoint = '/v1/embeddings';
const perMillion = (price: number) => perUnit('input_token', price, 1_000_000);

const embeddingSmall = mediaModel({
	id: 'text-embedding-3-small',
	endpoint,
	name: 'Text Embedding 3 Small',
	developer: 'OpenAI',
	description: 'Vectors of any length up to 1536.',
	releasedAt: '2024-01-25',
	pricing: perMillion(0.02),
	closed: true,
	properties: {
		input: {
			anyOf: [
				{ type: 'string', minLength: 1 },
				{ type: 'array', items: { type: 'string' }, minItems: 1 },
			],
			description: 'One text or several.',
		},
		encoding_format: {
			type: 'string',
			nullable: true,
			enum: ['float', 'base64'],
			default: 'float',
		},
		dimensions: { type: 'number', nullable: true, minimum: 1, maximum: 1536 },
	},
	required: ['input'],
});

const voyage = mediaModel({
	id: 'voyage-2',
	endpoint,
	name: 'Voyage 2',
	developer: 'Voyage AI',
	description: 'Vectors of 1024 numbers.',
	releasedAt: '2023-10-29',
	pricing: perMillion(0.1),
	properties: {
		input: {
			anyOf: [
				{ type: 'string', minLength: 1, maxLength: 8000 },
				{ type: 'array', items: { type: 'string', maxLength: 8000 } },
			],
			description: 'One text or several.',
		},
		input_type: { type: 'string', enum: ['document'], default: 'document' },
	},
	required: ['input'],
});

const multilingual = mediaModel({
	id: 'text-multilingual-embedding-002',
	endpoint,
	name: 'Text Multilingual Embedding 002',
	developer: 'Google',
	description: 'Vectors of 768 numbers, of texts and of questions about them.',
	releasedAt: '2024-05-14',
	pricing: perMillion(0.1),
	properties: {
		input: {
			anyOf: [
				{ type: 'string', minLength: 1 },
				{ type: 'array', items: { type: 'string' }, minItems: 1 },
			],
			description: 'One text or several.',
		},
		dimensions: { type: 'number', nullable: true },
		auto_truncate: { type: 'boolean', default: true },
		task_type: {
			type: 'string',
			enum: [
				'RETRIEVAL_QUERY',
				'RETRIEVAL_DOCUMENT',
				'SEMANTIC_SIMILARITY',
				'CLASSIFICATION',
				'CLUSTERING',
				'QUESTION_ANSWERING',
				'FACT_VERIFICATION',
			],
		},
		title: { type: 'string' },
	},
	required: ['input'],
});

export const embeddingModels: Model[] = [embeddingSmall, voyage, multilingual];
