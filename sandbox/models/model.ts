import type { ChatBehaviourName } from '../answers/chatVariants';
import type { ImageFormName } from '../answers/imageVariants';
import type { JobFormName } from '../answers/jobVariants';
import type { ResponseFormName } from '../answers/responseVariants';
import type { SpeechFormName } from '../answers/speechVariants';
import type { TranscriptionFormName } from '../answers/transcription';
import type { VideoFormName } from '../answers/videoVariants';
import type { OpenApiDocument } from '../schema/openapi';
import type { Pricing } from './pricing';

/**
 * How the catalogue names the endpoints. The documentation shows `openai/chat-completions`,
 * `openai/image-generations` and `internal/video-generations/submit`; the others are our guess
 * in the same style. A model behind two endpoints is two entries with the same id (our
 * assumption: an entry has one `type`).
 */
export const endpointTypes = {
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

export type EndpointPath = keyof typeof endpointTypes;
export type EndpointType = (typeof endpointTypes)[EndpointPath];

/** The documented deviations that a model can show. */
export type BehaviourName =
	| ChatBehaviourName
	| ResponseFormName
	| ImageFormName
	| JobFormName
	| VideoFormName
	| SpeechFormName
	| TranscriptionFormName;

export interface ModelInfo {
	name: string;
	developer: string;
	description: string;
	/** ISO date. */
	releasedAt: string;
	/** Tokens. */
	contextLength: number;
	/** Tokens. */
	outputMax: number;
	/** ISO date. */
	cutoffAt: string;
	url: string;
	docsUrl: string;
}

/** A model behind one endpoint: what the catalogue says of it and which requests it takes. */
export interface Model {
	id: string;
	aliases: string[];
	endpoint: EndpointPath;
	info: ModelInfo;
	tags: string[];
	modalities: { input: string[]; output: string[] };
	capabilities: string[];
	pricing?: Pricing;
	/** What `/docs-json` answers, and what bodies are checked against. */
	document: OpenApiDocument;
	/** Status of a success; 200 unless told (older snapshots document 201). */
	successStatus?: number;
	/** A documented deviation in its answers. */
	behaviour?: BehaviourName;
}
