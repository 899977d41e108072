import { requestSchema, type Schema } from '../schema/openapi';
import type { Model } from './model';

/** What a model takes for a parameter that the body leaves out, where its schema says it. */
export function defaultOf({ document }: Model, parameter: string): unknown {
	const properties = (requestSchema(document).properties ?? {}) as Record<string, Schema>;
	return properties[parameter]?.default;
}
