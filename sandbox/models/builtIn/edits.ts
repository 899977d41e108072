import type { Model } from '../model';
import { perUnit } from '../pricing';
import { choice, outputFormat, prompt, uploadedFile } from '../schemas/media';
import { mediaModel } from './mediaModel';

const editModel = (version: number, price: number): Model =>
	mediaModel({
		id: `openai/gpt-image-${version}`,
		aliases: [`gpt-image-${version}`],
		endpoint: '/v1/images/edits',
		name: `GPT Image ${version}, edit`,
		developer: 'OpenAI',
		description: 'Changes images as the prompt says. Takes them as files in a form.',
		input: ['text', 'image'],
		pricing: perUnit('image', price),
		properties: {
			prompt: { ...prompt, maxLength: 32000 },
			image: { anyOf: [uploadedFile, { type: 'array', items: uploadedFile, maxItems: 16 }] },
			mask: uploadedFile,
			size: choice('Width and height.', '1024x1024', '1024x1536', '1536x1024'),
			quality: { ...choice('How fine the image is.', 'low', 'medium', 'high'), default: 'medium' },
			output_format: outputFormat('png', 'jpeg', 'webp'),
			background: choice(
				'Whether one can see through the background.',
				'transparent',
				'opaque',
				'auto',
			),
			n: { type: 'number', minimum: 1, maximum: 10, default: 1 },
			output_compression: { type: 'integer', minimum: 0, maximum: 100, default: 100 },
			response_format: { type: 'string', enum: ['url', 'b64_json'], default: 'url' },
		},
		required: ['prompt', 'image'],
	});

export const editModels: Model[] = [editModel(1, 0.05), editModel(2, 0.06)];
