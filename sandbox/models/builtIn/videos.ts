import type { JobVariantName } from '../../answers/jobVariants';
import type { VideoVariantName } from '../../answers/videoVariants';
import type { Schema } from '../../schema/openapi';
import type { Model } from '../model';
import { perUnit, type Pricing } from '../pricing';
import { choice, flag, imageAddress, mediaSeed, negativePrompt, prompt } from '../schemas/media';
import { deviatingModel, mediaModel } from './mediaModel';

const endpoint = '/v2/video/generations';

const veoParameters: Record<string, Schema> = {
	prompt: { type: 'string', description: 'What is to be seen.' },
	aspect_ratio: choice('Width to height.', '16:9', '9:16'),
	duration: { ...choice('Seconds.', 4, 6, 8), default: '8' },
	resolution: { ...choice('Lines.', '720p', '1080p'), default: '1080p' },
	generate_audio: flag('Whether it has sound.', true),
	provider: { type: 'string', description: 'Who is to serve it.' },
};

const byResolution = (lower: number, higher: number): Pricing => ({
	kind: 'variants',
	dimensions: ['resolution'],
	variants: [
		{ when: { resolution: '1080p' }, unit: 'second', price: higher, per: 1 },
		{ when: { resolution: '720p' }, unit: 'second', price: lower, per: 1 },
	],
});

const veoFast = mediaModel({
	id: 'google/veo-3.1-t2v-fast',
	aliases: ['veo-3.1-t2v-fast'],
	endpoint,
	name: 'Veo 3.1 Fast',
	developer: 'Google',
	description: 'A video with sound out of text.',
	releasedAt: '2025-10-15',
	capabilities: ['text_to_video', 'audio_generation'],
	pricing: byResolution(0.1, 0.15),
	properties: {
		...veoParameters,
		seed: { type: 'integer' },
		auto_fix: flag('Whether to rewrite a prompt that was refused.', true),
		negative_prompt: negativePrompt,
		enhance_prompt: flag('Whether to improve the prompt.', true),
	},
	required: ['prompt'],
});

const veoImage = mediaModel({
	id: 'google/veo-3.1-i2v',
	endpoint,
	name: 'Veo 3.1 Image to Video',
	developer: 'Google',
	description: 'Sets an image in motion.',
	releasedAt: '2025-10-15',
	input: ['text', 'image'],
	capabilities: ['image_to_video', 'audio_generation'],
	pricing: byResolution(0.2, 0.4),
	properties: { ...veoParameters, image_url: imageAddress },
	required: ['prompt', 'image_url'],
});

const hailuo = mediaModel({
	id: 'minimax/hailuo-2.3',
	endpoint,
	name: 'Hailuo 2.3',
	developer: 'MiniMax',
	description: 'A video out of text and perhaps an image. Its id stands in generation_id.',
	input: ['text', 'image'],
	capabilities: ['text_to_video', 'image_to_video'],
	pricing: perUnit('second', 0.06),
	variant: 'video-generation-id',
	properties: {
		prompt: { ...prompt, maxLength: 2000 },
		image_url: imageAddress,
		resolution: { ...choice('Lines.', '768P', '1080P'), default: '768P' },
		duration: choice('Seconds.', 6, 10),
		enhance_prompt: flag('Whether to improve the prompt.', true),
	},
	required: ['prompt'],
});

const runway = mediaModel({
	id: 'runway/gen4_turbo',
	endpoint,
	name: 'Gen-4 Turbo',
	developer: 'Runway',
	description: 'Sets an image in motion. Its answer has a list of addresses.',
	input: ['text', 'image'],
	capabilities: ['image_to_video'],
	pricing: perUnit('second', 0.05),
	variant: 'video-address-list',
	properties: {
		prompt: { ...prompt, maxLength: 1000 },
		image_url: imageAddress,
		duration: choice('Seconds.', 5, 10),
		ratio: choice('Width to height.', '1280:720', '720:1280', '960:960'),
		seed: mediaSeed,
	},
	required: ['image_url'],
});

type Deviation = VideoVariantName | JobVariantName;

const descriptions: Record<Deviation, string> = {
	'video-described': 'video has url, content_type, file_name and file_size.',
	'video-address-list': 'video is a list of addresses.',
	'video-list': 'video is a list of objects.',
	'video-null': 'Completed, and charged, with video: null.',
	'video-generation-id': 'The id stands in generation_id.',
	'video-waiting': 'Goes through waiting and active to completed.',
	'video-at-once': 'Completed in the answer that starts it.',
	'video-cost-first': 'Reports its cost in the answer that starts it, and again when completed.',
	'video-error': 'Ends with status error, a name and a message, and HTTP 200.',
	'video-error-text': 'Ends with status error, and error is a text.',
	'video-error-null': 'Ends with status error, and error is null.',
	'video-unknown-status': 'Ends with a status that nobody has documented.',
};

const deviating = (Object.keys(descriptions) as Deviation[]).map((variant) =>
	deviatingModel(variant, descriptions[variant], {
		endpoint,
		pricing: perUnit('second', 0.02),
		properties: {
			prompt,
			duration: choice('Seconds.', 5, 10),
			aspect_ratio: choice('Width to height.', '16:9', '9:16', '1:1'),
			image_url: imageAddress,
		},
		required: ['prompt'],
	}),
);

export const videoModels: Model[] = [veoFast, veoImage, hailuo, runway, ...deviating];
