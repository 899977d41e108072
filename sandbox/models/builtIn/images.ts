import type { ImageVariantName } from '../../answers/imageVariants';
import type { Schema } from '../../schema/openapi';
import type { Model } from '../model';
import { perUnit } from '../pricing';
import {
	choice,
	flag,
	imageAddress,
	imageSize,
	mediaSeed,
	numImages,
	outputFormat,
	prompt,
} from '../schemas/media';
import { deviatingModel, mediaModel } from './mediaModel';

const endpoint = '/v1/images/generations';

const schnell = mediaModel({
	id: 'flux/schnell',
	endpoint,
	name: 'FLUX.1 schnell',
	developer: 'Black Forest Labs',
	description: 'Quick images from text.',
	releasedAt: '2024-08-01',
	pricing: perUnit('image', 0.003),
	properties: {
		prompt,
		num_images: numImages,
		seed: mediaSeed,
		image_size: imageSize,
		output_format: outputFormat('png', 'jpeg', 'webp'),
		num_inference_steps: { type: 'integer', minimum: 1 },
		enable_safety_checker: flag('Whether to refuse what is not safe.', true),
	},
	required: ['prompt'],
});

const gptImage = mediaModel({
	id: 'openai/gpt-image-1',
	aliases: ['gpt-image-1'],
	endpoint,
	name: 'GPT Image 1',
	developer: 'OpenAI',
	description: 'Follows long prompts. Answers with an address or with the image itself.',
	releasedAt: '2025-04-23',
	pricing: {
		kind: 'variants',
		dimensions: ['quality'],
		variants: [
			{ when: { quality: 'medium' }, unit: 'image', price: 0.042, per: 1 },
			{ when: { quality: 'low' }, unit: 'image', price: 0.011, per: 1 },
			{ when: { quality: 'high' }, unit: 'image', price: 0.167, per: 1 },
		],
	},
	properties: {
		prompt: { ...prompt, maxLength: 32000 },
		background: choice(
			'Whether one can see through the background.',
			'transparent',
			'opaque',
			'auto',
		),
		moderation: choice('How strict the moderation is.', 'low', 'auto'),
		n: { ...numImages, maximum: 10 },
		output_compression: { type: 'integer', minimum: 0, maximum: 100, default: 100 },
		output_format: outputFormat('png', 'jpeg', 'webp'),
		quality: { ...choice('How fine the image is.', 'low', 'medium', 'high'), default: 'medium' },
		size: choice('Width and height.', '1024x1024', '1024x1536', '1536x1024'),
		response_format: { type: 'string', enum: ['url', 'b64_json'], default: 'url' },
	},
	required: ['prompt'],
});

const imageToImage = mediaModel({
	id: 'flux/dev/image-to-image',
	endpoint,
	name: 'FLUX.1 dev, image to image',
	developer: 'Black Forest Labs',
	description: 'Makes an image out of another one.',
	input: ['text', 'image'],
	pricing: perUnit('image', 0.025),
	properties: {
		prompt,
		num_images: numImages,
		seed: mediaSeed,
		guidance_scale: { type: 'number', minimum: 1, maximum: 20 },
		num_inference_steps: { type: 'integer', minimum: 1, maximum: 50, default: 50 },
		enable_safety_checker: flag('Whether to refuse what is not safe.', true),
		image_url: imageAddress,
		strength: { type: 'number', default: 0.95 },
	},
	required: ['prompt', 'image_url'],
});

const severalImages = mediaModel({
	id: 'bytedance/seedream-v4-edit',
	endpoint,
	name: 'Seedream 4 Edit',
	developer: 'ByteDance',
	description: 'Makes an image out of up to ten others.',
	input: ['text', 'image'],
	pricing: perUnit('image', 0.03),
	properties: {
		prompt: { ...prompt, maxLength: 5000 },
		image_urls: { type: 'array', items: imageAddress, minItems: 1, maxItems: 10 },
		image_size: imageSize,
		num_images: numImages,
		seed: mediaSeed,
		sync_mode: flag('Whether to wait for the upload of the result.'),
		enable_safety_checker: flag('Whether to refuse what is not safe.', true),
	},
	required: ['image_urls', 'prompt'],
});

const triposr = mediaModel({
	id: 'triposr',
	endpoint,
	name: 'TripoSR',
	developer: 'Tripo AI',
	description: 'A 3D model out of one image. Its answer has a model_mesh and no data.',
	input: ['image'],
	pricing: perUnit('generation', 0.07),
	variant: 'mesh',
	properties: {
		image_url: imageAddress,
		output_format: outputFormat('glb', 'obj'),
		do_remove_background: flag('Whether to take the background away.', true),
		foreground_ratio: { type: 'number', minimum: 0.5, maximum: 1, default: 0.9 },
		mc_resolution: { type: 'integer', minimum: 32, maximum: 1024, default: 256 },
	},
	required: ['image_url'],
});

const hunyuanPart = mediaModel({
	id: 'tencent/hunyuan-part',
	endpoint,
	name: 'Hunyuan Part',
	developer: 'Tencent',
	description:
		'Takes a 3D model apart. Its answer has a segmented_mesh and one mask for each part.',
	input: ['file'],
	pricing: perUnit('generation', 0.15),
	variant: 'mesh-parts',
	properties: { mesh_url: imageAddress, seed: mediaSeed },
	required: ['mesh_url'],
});

type Deviation = Exclude<ImageVariantName, 'mesh' | 'mesh-parts'>;

const descriptions: Record<Deviation, string> = {
	'image-base64': 'Answers with data[].b64_json, always.',
	'image-url-and-base64': 'Each entry of data has both url and b64_json.',
	'image-list': 'No data; images[] with url and content_type.',
	'image-twice': 'The same addresses in data[] and in images[].',
	'image-mime-type': 'Tells the type of each image in mime_type.',
	'image-nulls': 'b64_json and images are there and null.',
	'image-none': 'data is empty.',
	'image-created-ms': 'created counts milliseconds.',
	'image-tokens-used': 'Reports its cost in meta.usage.tokens_used alone.',
	'image-top-usage': 'Reports its cost in usage.credits_used alone.',
	'image-octet-stream': 'Files are served as application/octet-stream.',
	'image-one-fetch': 'An address works once, and answers 410 after that.',
	'image-expiring': 'An address answers 410 once expires_after_ms are over.',
	'image-moved': 'An address redirects to another host.',
	'image-large': 'Files are as large as file_size says.',
};

const extraParameters: Partial<Record<Deviation, Record<string, Schema>>> = {
	'image-expiring': { expires_after_ms: { type: 'integer', minimum: 0, default: 1000 } },
	'image-large': { file_size: { type: 'string', pattern: '^\\d+(b|kb|mb|gb)$', default: '200mb' } },
};

const deviating = (Object.keys(descriptions) as Deviation[]).map((variant) =>
	deviatingModel(variant, descriptions[variant], {
		endpoint,
		pricing: perUnit('image', 0.01),
		properties: {
			prompt,
			num_images: numImages,
			image_size: imageSize,
			output_format: outputFormat('png', 'jpeg', 'webp'),
			...extraParameters[variant],
		},
		required: ['prompt'],
	}),
);

export const imageModels: Model[] = [
	schnell,
	gptImage,
	imageToImage,
	severalImages,
	triposr,
	hunyuanPart,
	...deviating,
];
