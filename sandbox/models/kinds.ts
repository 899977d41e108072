import type { EndpointPath } from './model';

/** What the models of an endpoint have in common. */
export interface EndpointKind {
	tag: string;
	output: string[];
	/** Whether its models have limits in tokens. */
	countsTokens?: true;
	/** The charged units, with a low and a high price in USD for `per` units. */
	rates: Array<{ unit: string; from: number; to: number; per: number }>;
}

export const CHAT_TAG = 'playground:chat';

const CHAT = { tag: CHAT_TAG, output: ['text'], countsTokens: true as const };
const TOKEN_RATES = [
	{ unit: 'input_token', from: 0.1, to: 5, per: 1_000_000 },
	{ unit: 'output_token', from: 0.4, to: 25, per: 1_000_000 },
];

export const ENDPOINT_KINDS: Record<EndpointPath, EndpointKind> = {
	'/v1/chat/completions': { ...CHAT, rates: TOKEN_RATES },
	'/v1/responses': { ...CHAT, rates: TOKEN_RATES },
	'/v1/embeddings': {
		tag: 'playground:embedding',
		countsTokens: true,
		output: ['embedding'],
		rates: [{ unit: 'input_token', from: 0.02, to: 0.2, per: 1_000_000 }],
	},
	'/v1/images/generations': {
		tag: 'playground:image',
		output: ['image'],
		rates: [{ unit: 'image', from: 0.01, to: 0.2, per: 1 }],
	},
	'/v1/images/edits': {
		tag: 'playground:image',
		output: ['image'],
		rates: [{ unit: 'image', from: 0.01, to: 0.2, per: 1 }],
	},
	'/v2/video/generations': {
		tag: 'playground:video',
		output: ['video'],
		rates: [{ unit: 'second', from: 0.05, to: 0.8, per: 1 }],
	},
	'/v2/generate/audio': {
		tag: 'playground:audio',
		output: ['audio'],
		rates: [{ unit: 'generation', from: 0.02, to: 0.3, per: 1 }],
	},
	'/v1/tts': {
		tag: 'playground:tts',
		output: ['audio'],
		rates: [{ unit: 'character', from: 5, to: 100, per: 1_000_000 }],
	},
	'/v1/stt/create': {
		tag: 'playground:stt',
		output: ['text'],
		rates: [{ unit: 'second', from: 0.0001, to: 0.001, per: 1 }],
	},
	'/v1/ocr': {
		tag: 'playground:ocr',
		output: ['text'],
		rates: [{ unit: 'page', from: 1, to: 10, per: 1000 }],
	},
};
