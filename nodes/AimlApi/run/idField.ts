import { InputError } from '../../shared/errors/InputError';
import { CHECK_EXPRESSION, parseText } from '../../shared/parameters/textField';
import { toWellFormed } from '../../shared/wellFormed';

/**
 * The value of a field that holds an ID.
 *
 * @param label the field's display name
 * @param origin what returned the ID, for the error, e.g. 'creating the batch'
 * @throws InputError when it is empty, or an object or a list
 */
export function parseId(value: unknown, label: string, origin: string): string {
	const id = toWellFormed(parseText(value, label).trim());
	if (id) return id;
	throw new InputError(
		`'${label}' is empty`,
		`Enter the ID that ${origin} returned. ${CHECK_EXPRESSION}`,
	);
}
