import type { OpenApiDocument } from '../schema/openapi';
import type { Pricing } from './pricing';
import type { VariantName } from './variants';

/**
 * How the catalog names the endpoints. The documentation shows `openai/chat-completions`,
 * `openai/image-generations` and `internal/video-generations/submit`; the others are our guess
 * in the same style. A model behind two endpoints is two entries with the same id (our
 * assumption: an entry has one `type`).
 */
export const ENDPOINT_TYPES = {
	'/v1/chat/completions': 'openai/chat-completions',
	'/v1/responses': 'openai/responses',
	'/v1/embeddings': 'openai/embeddings',
	'/v1/images/generations': 'openai/image-generations',
	'/v1/images/edits': 'openai/image-edits',
	'/v2/video/generations': 'internal/video-generations/submit',
	'/v2/generate/audio': 'internal/audio-generations/submit',
	'/v1/tts': 'openai/text-to-speech',
	'/v1/stt/create': 'internal/speech-to-text/submit',
	'/v1/ocr': 'internal/ocr',
} as const;

export type EndpointPath = keyof typeof ENDPOINT_TYPES;

export interface ModelInfo {
	name: string;
	developer: string;
	description: string;
	/** ISO date. */
	releasedAt: string;
	/** In tokens; absent if the model doesn't count tokens, like the next two. */
	contextLength?: number;
	/** In tokens. */
	outputMax?: number;
	/** ISO date. */
	cutoffAt?: string;
	url: string;
	docsUrl: string;
}

/** A model at one endpoint: its catalog entry and request schema. */
export interface Model {
	id: string;
	aliases: string[];
	endpoint: EndpointPath;
	info: ModelInfo;
	tags: string[];
	modalities: { input: string[]; output: string[] };
	capabilities: string[];
	pricing?: Pricing;
	/** The document at `/docs-json`, which bodies are validated against. */
	document: OpenApiDocument;
	/** Status of a success; 200 by default (older snapshots document 201). */
	successStatus?: number;
	/** A documented deviation of its responses. */
	variant?: VariantName;
}

/** Whether a model was invented for a documented deviation. */
export const isVariantModel = ({ id }: Model): boolean => id.startsWith('sandbox/');
