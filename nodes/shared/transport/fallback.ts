import { ApiError } from '../errors/ApiError';
import { InputError } from '../errors/InputError';
import { shouldFallBack, type RetryContext } from './retry';

/** A model to ask, and for which one it stands in. */
export interface RequestedModel {
	model: string;
	fallback?: Fallback;
}

export interface Fallback {
	/** The model that was chosen. */
	insteadOf: string;
	/** What the last model before this one failed with. */
	reason: string;
}

/** The id that 'Model' holds. Throws `InputError` without one. */
export function parseModelId(model: unknown): string {
	if (typeof model === 'string' && model.trim()) return model.trim();
	throw new InputError(
		"'Model' is empty",
		'Choose a model from the list or enter its ID. If it is an expression, check that the field it reads exists on this item.',
	);
}

/**
 * Asks one model after the other, until one answers, fails for good, or none is left.
 *
 * @param ask asks one; `fallback` tells it that the model stands in for the chosen one
 */
export async function withFallback<T>(
	[model, ...others]: string[],
	rules: RetryContext,
	ask: (asked: RequestedModel) => Promise<T>,
	fallback?: Fallback,
): Promise<T> {
	return await ask({ model, fallback }).catch(async (error: unknown) => {
		const mayAskNext = error instanceof ApiError && shouldFallBack(error.info, rules);
		if (!others.length || !mayAskNext) throw error;
		const next = { insteadOf: fallback?.insteadOf ?? model, reason: error.info.message };
		return await withFallback(others, rules, ask, next);
	});
}
