import { InputError } from '../../nodes/shared/errors/InputError';
import { toParameterLabel } from '../../nodes/shared/parameters/parameterFields';
import type { WrongValue } from './wrongValues';

/** What is missing from the refusal of a wrong value, for its user; '' when nothing is. */
export function flawOf(
	read: () => unknown,
	name: string,
	{ path, fault, told }: WrongValue,
): string {
	try {
		return `is let through as ${JSON.stringify(read())}`;
	} catch (error) {
		if (!(error instanceof InputError)) return `fails with ${String(error)}`;
		const { message } = error;
		if (!message.startsWith(`'${toParameterLabel(name)}'`)) return `names no field: ${message}`;
		const isPlain = path.length === 0 && (fault === 'range' || fault === 'enum');
		const untold = isPlain ? told.filter((text) => !message.includes(text)) : [];
		return untold.length ? `does not tell ${untold.join()}: ${message}` : '';
	}
}
