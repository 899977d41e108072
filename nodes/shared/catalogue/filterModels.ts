import type { Endpoint } from './endpoints';
import type { Model } from './models';

/**
 * The models that an endpoint serves, each id once. The documentation names few of the catalogue's
 * types, so when none matches, all models are returned rather than none.
 */
export function modelsOfEndpoint(models: Model[], endpoint: Endpoint): Model[] {
	const served = models.filter((model) => isServedBy(model, endpoint));
	const byId = new Map((served.length ? served : models).map((model) => [model.id, model]));
	return [...byId.values()];
}

export function isServedBy(model: Model, endpoint: Endpoint): boolean {
	return endpoint.types.test(model.type) || model.endpoints.includes(endpoint.path);
}

/** The models in which every word of the search occurs: in id, alias, name or developer. */
export function searchModels(models: Model[], search: string): Model[] {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	return models.filter((model) => {
		const text = [model.id, ...model.aliases, model.name, model.developer].join('\n').toLowerCase();
		return words.every((word) => text.includes(word));
	});
}
