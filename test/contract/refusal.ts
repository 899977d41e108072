import { InputError } from '../../nodes/shared/errors/InputError';
import { toParameterLabel } from '../../nodes/shared/parameters/parameterFields';
import type { WrongValue } from './wrongValues';

/** What is wrong with how the node refuses a wrong value; '' if nothing is. */
export function flawOf(
	read: () => unknown,
	name: string,
	{ path, fault, expected }: WrongValue,
): string {
	try {
		return `is let through as ${JSON.stringify(read())}`;
	} catch (error) {
		if (!(error instanceof InputError)) return `fails with ${String(error)}`;
		const { message } = error;
		if (!message.startsWith(`'${toParameterLabel(name)}'`)) return `names no field: ${message}`;
		const isPlain = path.length === 0 && (fault === 'range' || fault === 'enum');
		const missing = isPlain ? expected.filter((text) => !message.includes(text)) : [];
		return missing.length ? `doesn't mention ${missing.join()}: ${message}` : '';
	}
}
