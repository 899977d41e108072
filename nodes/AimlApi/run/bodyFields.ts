import { parseExtraBody } from '../../shared/parameters/extraBody';
import type { ItemContext } from './operation';

/** The fields that go into a body as they are: 'Model Parameters' and 'Extra Body'. */
export interface BodyFields {
	modelParameters: unknown;
	extraBody: Record<string, unknown>;
}

/**
 * The values of 'Model Parameters', still as entered, and of 'Extra Body', parsed.
 *
 * @throws InputError when 'Extra Body' is not a JSON object
 */
export const getBodyFields = (context: ItemContext): BodyFields => ({
	modelParameters: context.getField<{ value?: unknown }>('modelParameters', {})?.value,
	extraBody: parseExtraBody(context.getField('extraBody', ''), context.getOption('extraBody', '')),
});
