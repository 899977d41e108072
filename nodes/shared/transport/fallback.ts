import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { CallFailure } from '../errors/ApiError';
import { InputError } from '../errors/InputError';
import type { Call, Operation } from '../../AimlApi/run/operation';
import { mayFallBack, type Resend } from './retry';
import type { RunOptions } from './options';

type Asked = Pick<Call, 'model' | 'fallback'>;

/**
 * The chosen model and, where another may stand in for it, those of 'Fallback Models'; one empty id
 * for an operation without models.
 */
export function readModels(
	engine: IExecutePaginationFunctions,
	operation: Operation,
	options: RunOptions,
): string[] {
	if (!operation.modelForm && !operation.soleModel) return [''];
	const chosen = engine.getNodeParameter('model', '', { extractValue: true });
	return [readModel(chosen), ...(operation.soleModel ? [] : readFallbackModels(options))];
}

/** The id that 'Model' holds. Throws `InputError` without one. */
export function readModel(model: unknown): string {
	if (typeof model === 'string' && model.trim()) return model.trim();
	throw new InputError(
		"'Model' is empty",
		'Choose a model from the list or enter its ID. If it is an expression, check that the field it reads exists on this item.',
	);
}

/** A list of IDs, or by expression also a text with commas between them. */
export function readFallbackModels({ fallbackModels: value }: RunOptions): string[] {
	const ids = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return ids.map((id) => id.trim()).filter(Boolean);
}

/**
 * Asks one model after the other, until one answers, fails for good, or none is left.
 *
 * @param ask asks one; `fallback` tells it that the model stands in for the chosen one
 */
export async function askInTurn<T>(
	[model, ...others]: string[],
	rules: Resend,
	ask: (asked: Asked) => Promise<T>,
	fallback?: Asked['fallback'],
): Promise<T> {
	return await ask({ model, fallback }).catch(async (error: unknown) => {
		const mayAskNext = error instanceof CallFailure && mayFallBack(error.fault, rules);
		if (!others.length || !mayAskNext) throw error;
		const next = { insteadOf: fallback?.insteadOf ?? model, reason: error.fault.message };
		return await askInTurn(others, rules, ask, next);
	});
}
