import type { Faults } from './faults';
import type { FileStore } from './fileStore';
import type { JobStore } from './jobs';
import type { RequestLog } from './requestLog';
import type { Catalog } from '../models/catalog';
import type { PromptCache } from './promptCache';
import type { RateLimit } from './rateLimit';

/** What the routes of one running sandbox share. */
export interface SandboxState {
	apiKey: string;
	seed: number;
	/** The form of the model list: since August 2026, or the bare array before. */
	envelope: 'current' | 'legacy';
	/** Whether the model list includes the invented `sandbox/…` models. */
	listVariants: boolean;
	catalog: Catalog;
	requestLog: RequestLog;
	faults: Faults;
	files: FileStore;
	jobs: JobStore;
	rateLimit: RateLimit;
	promptCache: PromptCache;
	/** Delay of each response. */
	latencyMs: number;
	/** Milliseconds between the chunks of a stream. */
	chunkDelayMs: number;
}
