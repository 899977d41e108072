import { bodyProperties } from '../schema/openapi';
import type { Model } from './model';

/** The default of a parameter in the model's schema, if any. */
export const defaultOf = ({ document }: Model, parameter: string): unknown =>
	bodyProperties(document)[parameter]?.default;
