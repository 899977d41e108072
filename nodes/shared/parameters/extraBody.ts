import { parseJsonObject } from './jsonField';

/**
 * 'Extra Body' of 'Options', and what a workflow saved before it was an option has in a field of its
 * own.
 *
 * @throws InputError when one of them is not a JSON object
 */
export function readExtraBody(field: unknown, option: unknown): Record<string, unknown> {
	return {
		...parseJsonObject(field, 'Extra Body'),
		...parseJsonObject(option, 'Extra Body'),
	};
}
