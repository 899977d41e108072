import { ROUTES } from './endpoints';
import { Faults } from './server/faults';
import { FileStore } from './server/fileStore';
import { JobStore, type JobPace } from './server/jobs';
import { PromptCache } from './server/promptCache';
import { RequestLog } from './server/requestLog';
import { Catalog } from './models/catalog';
import { builtInModels, describeModels, readModels, type DocumentedModel } from './models/specs';
import { RateLimit, type Rate } from './server/rateLimit';
import { createServer } from './server/server';
import type { SandboxState } from './server/state';

export { NO_CREDITS_KEY } from './server/account';
export { ERROR_MESSAGES } from './server/errors';
export type { FaultAction, FaultCondition, FaultRule } from './server/faults';
export type { Job, JobPace, JobStore } from './server/jobs';
export type { RequestLog, LoggedCall } from './server/requestLog';
export type { Model } from './models/model';
export type { DocumentedModel } from './models/specs';
export type { Rate } from './server/rateLimit';

export interface SandboxOptions {
	/** 0, the default, uses a free one. */
	port?: number;
	/** Delay of each response in milliseconds; 0 by default. */
	latencyMs?: number;
	/** Milliseconds between the chunks of a stream; 1 by default. */
	chunkDelayMs?: number;
	/** The same seed and requests give the same IDs, answers and random faults. */
	seed?: number;
	/** `sandbox-key` by default. */
	apiKey?: string;
	/** Folder of OpenAPI documents with an index.json, or the documents; their models are known too. */
	specs?: string | readonly DocumentedModel[];
	/** The form of the model list: today's, or the bare array used before August 2026. */
	catalog?: 'current' | 'legacy';
	/**
	 * Whether the catalog lists the invented `sandbox/…` models, each of which shows a documented
	 * deviation. They answer either way. True by default.
	 */
	listVariants?: boolean;
	/** None by default. */
	rate?: Rate;
	/** How long videos, music and transcriptions take; two polls by default. */
	jobPace?: JobPace;
}

/** A running sandbox. */
export interface Sandbox {
	/** Without a trailing slash. */
	url: string;
	apiKey: string;
	requestLog: RequestLog;
	faults: Faults;
	/** All jobs. */
	jobs: JobStore;
	/** All models in the catalog. */
	models: Catalog['models'];
	/** Sets the delay of each response. */
	setLatency(ms: number): void;
	/** Sets the rate limit with a full bucket; null removes it. */
	setRate(rate: Rate | null): void;
	/** Sets the duration of jobs started from now on. */
	setJobPace(pace: JobPace): void;
	/** Closes at once: cuts delays and open connections. */
	close(): Promise<void>;
}

/**
 * Starts a local AI/ML API on the loopback interface.
 *
 * @throws if the port is in use (`code` EADDRINUSE) or the specs folder can't be read
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const state = createState(options);
	const server = createServer(state, ROUTES);
	const url = await server.listen({ port: options.port ?? 0, host: '127.0.0.1' });
	return {
		url,
		apiKey: state.apiKey,
		requestLog: state.requestLog,
		faults: state.faults,
		jobs: state.jobs,
		models: state.catalog.models,
		setLatency: (ms) => void (state.latencyMs = ms),
		setRate: (rate) => state.rateLimit.set(rate),
		setJobPace: (pace) => void (state.jobs.pace = pace),
		close: async () => await server.close(),
	};
}

function createState({ seed = 1, specs = [], ...options }: SandboxOptions): SandboxState {
	const documented = typeof specs === 'string' ? readModels(specs) : specs;
	const rateLimit = new RateLimit();
	rateLimit.set(options.rate ?? null);
	const requestLog = new RequestLog();
	return {
		apiKey: options.apiKey ?? 'sandbox-key',
		seed,
		envelope: options.catalog ?? 'current',
		listVariants: options.listVariants ?? true,
		catalog: new Catalog(builtInModels(), describeModels(documented)),
		requestLog,
		faults: new Faults(seed),
		files: new FileStore(),
		jobs: new JobStore(requestLog, options.jobPace ?? { pollsUntilDone: 2 }),
		rateLimit,
		promptCache: new PromptCache(),
		latencyMs: options.latencyMs ?? 0,
		chunkDelayMs: options.chunkDelayMs ?? 1,
	};
}
