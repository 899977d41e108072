import kinds from './endpointKinds.json';
import type { EndpointPath } from './model';

/** What the models of an endpoint have in common. */
export interface EndpointKind {
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
