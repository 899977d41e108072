import type { Faults } from './faults';
import type { FileStore } from './fileStore';
import type { Jobs } from './jobs';
import type { Ledger } from './requestLog';
import type { Catalogue } from '../models/catalog';
import type { RateLimit } from './rateLimit';

/** What the routes of one running sandbox share. */
export interface SandboxState {
	apiKey: string;
	seed: number;
	/** Envelope of the model list: since August 2026, or the bare array before. */
	envelope: 'current' | 'legacy';
	catalogue: Catalogue;
	ledger: Ledger;
	faults: Faults;
	files: FileStore;
	jobs: Jobs;
	rateLimit: RateLimit;
	/** Milliseconds before each answer. */
	latencyMs: number;
	/** Milliseconds between the chunks of a stream. */
	chunkDelayMs: number;
}
