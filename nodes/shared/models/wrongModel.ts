import { ENDPOINTS } from './endpoints';
import { endpointsOf } from './filters';
import type { Model } from './model';

/**
 * The error for a model that an endpoint rejects because it is of another kind.
 *
 * @param path of the endpoint that rejected it
 * @returns `undefined` if the catalog doesn't list the model, or lists it for this endpoint
 */
export function describeWrongModel(
	models: Model[],
	id: string,
	path: string,
): { message: string; description: string } | undefined {
	const asked = ENDPOINTS.find((endpoint) => endpoint.path === path)?.purpose;
	const serving = models
		.filter((model) => model.id === id || model.aliases.includes(id))
		.flatMap(endpointsOf);
	const [right] = serving.flatMap(({ purpose }) => purpose ?? []);
	if (!asked || !right || serving.some((endpoint) => endpoint.path === path)) return undefined;
	return {
		message: `'${id}' isn't ${asked.kind}`,
		description: `It ${right.does}. Choose ${asked.kind} in 'Model', or use '${right.operation}'.`,
	};
}
