import type { Model } from '../model';
import { perUnit } from '../pricing';
import { choice } from '../schemas/media';
import { mediaModel } from './mediaModel';

const endpoint = '/v2/generate/audio';

const elevenMusic = mediaModel({
	id: 'elevenlabs/eleven_music',
	endpoint,
	name: 'Eleven Music',
	developer: 'ElevenLabs',
	description: 'Songs and pieces of any kind, up to five minutes.',
	pricing: perUnit('second', 0.01),
	properties: {
		prompt: { type: 'string', maxLength: 2000, description: 'What it is to sound like.' },
		music_length_ms: { type: 'integer', minimum: 10_000, maximum: 300_000, default: 10_000 },
	},
	required: ['prompt'],
});

const miniMaxMusic = mediaModel({
	id: 'minimax/music-2.0',
	endpoint,
	name: 'MiniMax Music 2.0',
	developer: 'MiniMax',
	description: 'A song with these lyrics. Its answer has extra_info and a trace_id.',
	pricing: perUnit('generation', 0.03),
	properties: {
		prompt: { type: 'string', minLength: 10, maxLength: 2000, description: 'Its style.' },
		lyrics: { type: 'string', minLength: 10, maxLength: 3000, description: 'What is sung.' },
		audio_setting: {
			type: 'object',
			properties: {
				audio_sample_rate: choice('Samples in a second.', 16000, 24000, 32000, 44100),
				bitrate: choice('Bits in a second.', 32000, 64000, 128000, 256000),
				format: choice('File format.', 'mp3', 'wav', 'pcm'),
			},
		},
	},
	required: ['prompt', 'lyrics'],
});

const stableAudio = mediaModel({
	id: 'stable-audio',
	endpoint,
	name: 'Stable Audio',
	developer: 'Stability AI',
	description: 'Short pieces and sounds. Its answer describes the file.',
	pricing: perUnit('generation', 0.02),
	properties: {
		prompt: { type: 'string', description: 'What it is to sound like.' },
		seconds_start: { type: 'integer', minimum: 1, maximum: 47 },
		seconds_total: { type: 'integer', minimum: 1, maximum: 47, default: 30 },
		steps: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
	},
	required: ['prompt'],
});

export const musicModels: Model[] = [elevenMusic, miniMaxMusic, stableAudio];
