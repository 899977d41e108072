import type { IExecutePaginationFunctions } from 'n8n-workflow';

export const DEFAULT_MAX_RETRIES = 4;
/** Seconds; what n8n itself gives a request. */
export const DEFAULT_TIMEOUT = 300;

/** The values of 'Options', as far as the user added them. */
export interface RunOptions {
	costLimit?: number;
	fallbackModels?: unknown;
	itemsInParallel?: number;
	maxRetries?: number;
	requestId?: string;
	/** Seconds. */
	timeout?: number;
	[option: string]: unknown;
}

/** Reads them all at once for an item, expressions evaluated. */
export const readOptions = (engine: IExecutePaginationFunctions): RunOptions =>
	engine.getNodeParameter('options', {}) as RunOptions;
