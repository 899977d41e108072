import { ApiError } from '../errors/ApiError';
import { InputError } from '../errors/InputError';
import { CHECK_EXPRESSION, parseText } from '../parameters/textField';
import { toWellFormed } from '../wellFormed';
import { shouldFallBack, type RetryContext } from './retry';

/** A model to send a request to, and the one it replaces. */
export interface RequestedModel {
	model: string;
	fallback?: Fallback;
}

export interface Fallback {
	/** The model that was chosen. */
	insteadOf: string;
	/** The error message of the previous model. */
	reason: string;
}

/**
 * The ID in the field 'Model', without invisible characters, which come along when it is copied.
 *
 * @throws InputError if it is empty, or not a text
 */
export function parseModelId(model: unknown): string {
	const id = toWellFormed(parseText(model, 'Model')).replace(INVISIBLE, '').trim();
	if (id) return id;
	throw new InputError(
		"'Model' is empty",
		`Choose a model from the list or enter its ID. ${CHECK_EXPRESSION}`,
	);
}

const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;

/**
 * Tries one model after the other until one answers, fails with an error that rules out the others, or
 * none is left.
 *
 * @param ask sends the request to a model; `fallback` is set if it replaces the chosen one
 * @throws the last model's error
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
