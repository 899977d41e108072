import type { SpeechVariantName } from '../../answers/speechVariants';
import type { Schema } from '../../schema/openapi';
import type { Model } from '../model';
import { perUnit } from '../pricing';
import { choice } from '../schemas/media';
import { deviatingModel, mediaModel } from './mediaModel';

const endpoint = '/v1/tts';
const perMillion = (price: number) => perUnit('character', price, 1_000_000);

const textOf = (maxLength: number): Schema => ({
	type: 'string',
	minLength: 1,
	maxLength,
	description: 'What is to be said.',
});

const neverStreams: Schema = { type: 'boolean', enum: [false], default: false };

const miniTts = mediaModel({
	id: 'openai/gpt-4o-mini-tts',
	aliases: ['gpt-4o-mini-tts'],
	endpoint,
	name: 'GPT-4o mini TTS',
	developer: 'OpenAI',
	description: 'Speaks as it is told to. Answers with an address.',
	releasedAt: '2025-03-20',
	pricing: perMillion(12),
	properties: {
		text: textOf(4096),
		voice: { ...choice('Who speaks.', 'alloy', 'ash', 'coral', 'nova'), default: 'alloy' },
		style: { type: 'string', description: 'How it is to be said.' },
		response_format: {
			...choice('File format.', 'mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'),
			default: 'mp3',
		},
		speed: { type: 'number', minimum: 0.25, maximum: 4, default: 1 },
		stream: neverStreams,
	},
	required: ['text'],
});

const inworld = mediaModel({
	id: 'inworld/tts-1',
	endpoint,
	name: 'Inworld TTS 1',
	developer: 'Inworld',
	description: 'Expressive voices. Answers with an address, of a WAV unless told.',
	pricing: perMillion(5),
	properties: {
		text: textOf(500_000),
		voice: { ...choice('Who speaks.', 'Alex', 'Ashley', 'Deborah', 'Olivia'), default: 'Alex' },
		format: { ...choice('File format.', 'wav', 'mp3'), default: 'wav' },
		stream: neverStreams,
	},
	required: ['text'],
});

const elevenTurbo = mediaModel({
	id: 'elevenlabs/eleven_turbo_v2_5',
	endpoint,
	name: 'Eleven Turbo 2.5',
	developer: 'ElevenLabs',
	description: 'Quick. Streams unless told otherwise: its answer is the sound itself.',
	pricing: perMillion(50),
	properties: {
		text: textOf(5000),
		voice: { ...choice('Who speaks.', 'Rachel', 'Drew', 'Sarah', 'George'), default: 'Rachel' },
		apply_text_normalization: choice('Whether to write out numbers.', 'auto', 'on', 'off'),
		output_format: choice('File format.', 'mp3_44100_128', 'mp3_22050_32', 'pcm_16000'),
		seed: { type: 'integer', minimum: 0 },
		stream: { type: 'boolean', default: true },
	},
	required: ['text'],
});

const vibeVoice = mediaModel({
	id: 'microsoft/vibevoice-1.5b',
	endpoint,
	name: 'VibeVoice 1.5B',
	developer: 'Microsoft',
	description: 'Conversations of several speakers, out of a script.',
	pricing: perMillion(20),
	properties: {
		script: { type: 'string', description: 'A line for each turn: `Speaker 0: Hello`.' },
		speakers: {
			type: 'array',
			maxItems: 4,
			items: {
				type: 'object',
				properties: { preset: choice('Who speaks.', 'Alice [EN]', 'Carter [EN]', 'Frank [EN]') },
			},
		},
		seed: { type: 'integer' },
		cfg_scale: { type: 'number', default: 1.3 },
	},
	required: ['script'],
});

const descriptions: Record<SpeechVariantName, string> = {
	'tts-address': 'audio is the address itself.',
	'tts-bytes': 'The answer is the sound itself.',
	'tts-octet-stream': 'The answer is the sound itself, as application/octet-stream.',
};

const deviating = (Object.keys(descriptions) as SpeechVariantName[]).map((variant) =>
	deviatingModel(variant, descriptions[variant], {
		endpoint,
		pricing: perMillion(10),
		properties: { text: textOf(5000), format: choice('File format.', 'wav', 'mp3') },
		required: ['text'],
	}),
);

export const speechModels: Model[] = [miniTts, inworld, elevenTurbo, vibeVoice, ...deviating];
