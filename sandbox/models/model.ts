import type endpointKinds from './endpointKinds.json';
import type { OpenApiDocument } from '../schema/openapi';
import type { Pricing } from './pricing';

export type EndpointPath = keyof typeof endpointKinds;

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
	/** A documented deviation of its responses, by its name in `answers/*Variants.ts`. */
	variant?: string;
}

/** Whether a model was invented for a documented deviation. */
export const isVariantModel = ({ id }: Model): boolean => id.startsWith('sandbox/');
