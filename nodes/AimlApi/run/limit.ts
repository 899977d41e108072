import { InputError } from '../../shared/errors/InputError';
import type { ItemContext } from './operation';

/**
 * The value of 'Limit', or Infinity with 'Return All'.
 *
 * @param what it counts, in the plural, for the error
 * @throws InputError when it is not a whole number from 1
 */
export function getLimit(context: ItemContext, what: string): number {
	if (context.getField('returnAll', false)) return Infinity;
	const limit = Number(context.getField<unknown>('limit', 50));
	if (Number.isInteger(limit) && limit > 0) return limit;
	throw new InputError(
		"'Limit' must be a whole number of at least 1",
		`Enter the max number of ${what} to return, or turn on 'Return All'.`,
	);
}
