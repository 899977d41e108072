import { parseJsonObject } from './jsonField';

/**
 * Parses 'Extra Body' from 'Options', merged over the field of its own that older workflows have.
 *
 * @throws InputError if one of them is not a JSON object
 */
export function parseExtraBody(field: unknown, option: unknown): Record<string, unknown> {
	return {
		...parseJsonObject(field, 'Extra Body'),
		...parseJsonObject(option, 'Extra Body'),
	};
}
