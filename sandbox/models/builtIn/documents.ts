import type { Schema } from '../../schema/openapi';
import type { Model } from '../model';
import { perUnit } from '../pricing';
import { address, choice, flag } from '../schemas/media';
import { mediaModel } from './mediaModel';

const endpoint = '/v1/ocr';

const linkTo = (type: string): Schema => ({
	type: 'object',
	properties: { type: { type: 'string', enum: [type] }, [type]: address('Where it is.') },
	required: ['type', type],
});

const jsonFormat: Schema = {
	type: 'object',
	nullable: true,
	properties: {
		type: { type: 'string', enum: ['json_schema'] },
		json_schema: {
			type: 'object',
			properties: {
				name: { type: 'string' },
				schema: { type: 'object', additionalProperties: { nullable: true } },
				description: { type: 'string', nullable: true },
				strict: { type: 'boolean', nullable: true },
			},
			required: ['name', 'schema'],
		},
	},
	required: ['type', 'json_schema'],
};

const mistral = mediaModel({
	id: 'mistral-ocr-latest',
	aliases: ['mistral/mistral-ocr-latest'],
	endpoint,
	name: 'Mistral OCR',
	developer: 'Mistral AI',
	description: 'Documents as Markdown, with what is in them as JSON on request.',
	input: ['file', 'image'],
	pricing: perUnit('page', 1, 1000),
	properties: {
		document: { oneOf: [linkTo('document_url'), linkTo('image_url')] },
		pages: {
			anyOf: [
				{ type: 'string' },
				{ type: 'array', items: { type: 'integer' } },
				{ nullable: true },
			],
			description: 'Which pages, from 0: "3", "0-2" or a list.',
		},
		include_image_base64: { ...flag('Whether to include the images.'), nullable: true },
		image_limit: { type: 'integer', nullable: true },
		image_min_size: { type: 'integer', nullable: true },
		bbox_annotation_format: jsonFormat,
		document_annotation_format: jsonFormat,
		document_annotation_prompt: { type: 'string', nullable: true },
	},
	required: ['document'],
});

const pagesFromOne = (type: string, bounds: Record<string, Schema>): Schema => ({
	type: 'object',
	properties: { type: { type: 'string', enum: [type] }, ...bounds },
	required: ['type', ...Object.keys(bounds)],
});

const page: Schema = { type: 'integer', minimum: 1 };

const documentAi = mediaModel({
	id: 'google/gc-document-ai',
	endpoint,
	name: 'Document AI',
	developer: 'Google',
	description: 'Takes a document by address or in base64. Answers 201.',
	input: ['file', 'image'],
	pricing: perUnit('page', 1.5, 1000),
	successStatus: 201,
	closed: true,
	properties: {
		document: { type: 'string', description: 'An address, or the document in base64.' },
		mimeType: choice('What it is.', 'application/pdf', 'image/png', 'image/jpeg', 'text/html'),
		pages: {
			anyOf: [
				pagesFromOne('start', { start: page }),
				pagesFromOne('end', { end: page }),
				pagesFromOne('range', { start: page, end: page }),
				pagesFromOne('indices', { indices: { type: 'array', items: page, maxItems: 15 } }),
			],
		},
	},
	required: ['document'],
});

export const documentModels: Model[] = [mistral, documentAi];
