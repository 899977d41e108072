import { InputError } from '../../shared/errors/InputError';
import { CHECK_EXPRESSION, describeValue } from '../../shared/parameters/textField';

/**
 * The value of a field with a list of choices, or of an expression in its place.
 *
 * @param label the field's display name
 * @throws InputError for anything but one of `choices`
 */
export function parseChoice<T extends string>(
	value: unknown,
	label: string,
	choices: readonly T[],
): T {
	const choice = choices.find((one) => one === value);
	if (choice !== undefined) return choice;
	throw new InputError(
		`'${label}' must be one of ${choices.join(', ')}, but is ${describeValue(value)}`,
		CHECK_EXPRESSION,
	);
}
