import { requestSchema, type Schema } from '../schema/openapi';
import type { Model } from './model';

/** The default of a parameter in the model's schema, if any. */
export function defaultOf({ document }: Model, parameter: string): unknown {
	const properties = (requestSchema(document).properties ?? {}) as Record<string, Schema>;
	return properties[parameter]?.default;
}
