import kinds from './endpointKinds.json';
import type { EndpointPath } from './model';

/** What the models of an endpoint have in common. */
export interface EndpointKind {
	/**
	 * Its name in the catalog. The documentation shows `openai/chat-completions`, `openai/image-generations`
	 * and `internal/video-generations/submit`; the others are our guess in the same style. A model behind
	 * two endpoints is two entries with the same ID (our assumption: an entry has one `type`).
	 */
	type: string;
	tag: string;
	/** The type before August 2026. Documented for chat, image and video; the others are guesses. */
	legacyType: string;
	output: string[];
	/** Whether its models have limits in tokens. */
	countsTokens?: boolean;
	/** The charged units, with a low and a high price in USD for `per` units. */
	rates: Array<{ unit: string; from: number; to: number; per: number }>;
}

export const CHAT_TAG = 'playground:chat';

export const ENDPOINT_KINDS: Record<EndpointPath, EndpointKind> = kinds;
