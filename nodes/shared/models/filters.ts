import { ENDPOINTS, endpointsNamed, type Endpoint } from './endpoints';
import type { Model } from './model';

/**
 * The models of an endpoint, each id once. If the catalog names none, those of its `modelsLike`
 * endpoint; if there are none either, all models.
 */
export function modelsOfEndpoint(models: Model[], endpoint: Endpoint): Model[] {
	const served = models.filter((model) => isServedBy(model, endpoint));
	if (!served.length && endpoint.modelsLike) return modelsOfEndpoint(models, endpoint.modelsLike);
	return onePerId(served.length ? served : models);
}

/** The catalog lists a model once for each of its endpoints. */
export function onePerId(models: Model[]): Model[] {
	return [...new Map(models.map((model) => [model.id, model])).values()];
}

export const isServedBy = (model: Model, endpoint: Endpoint): boolean =>
	endpointsOf(model).includes(endpoint);

/** The models whose id, aliases, name or developer contain every word of the search. */
export function searchModels(models: Model[], search: string): Model[] {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	if (!words.length) return models;
	return models.filter((model) => {
		const text = [model.id, ...model.aliases, model.name, model.developer].join('\n').toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

/** Filters of 'Get Many': any of the types and developers, but all of the others. */
export interface ModelFilters {
	search: string;
	types: string[];
	developers: string[];
	capabilities: string[];
	inputModalities: string[];
	outputModalities: string[];
}

/** The models that pass every filter, ignoring case. An empty filter passes everything. */
export function filterModels(models: Model[], filters: ModelFilters): Model[] {
	return searchModels(models, filters.search).filter(
		(model) =>
			isOneOf(filters.types, model.type) &&
			isOneOf(filters.developers, model.developer) &&
			hasAll(filters.capabilities, model.capabilities) &&
			hasAll(filters.inputModalities, model.inputModalities) &&
			hasAll(filters.outputModalities, model.outputModalities),
	);
}

const isOneOf = (wanted: string[], value: string): boolean =>
	!wanted.length || includes(wanted, value);

const hasAll = (wanted: string[], values: string[]): boolean =>
	wanted.every((value) => includes(values, value));

const includes = (values: string[], wanted: string): boolean =>
	values.some((value) => value.toLowerCase() === wanted.toLowerCase());

/** A cache, since the picker needs the endpoints of thousands of models at each keystroke. */
const foundEndpoints = new WeakMap<Model, Endpoint[]>();

/**
 * The endpoints that serve a model, from the first source that names any: the catalog's names, its
 * tags, or the model's modalities. Empty if none does.
 */
export function endpointsOf(model: Model): Endpoint[] {
	const found = foundEndpoints.get(model) ?? findEndpoints(model);
	foundEndpoints.set(model, found);
	return found;
}

function findEndpoints(model: Model): Endpoint[] {
	const byName = endpointsNamed(namesOf(model));
	if (byName.length) return byName;
	const byTag = endpointsNamed(model.tags.map((tag) => tag.replace(/^playground:/, '')));
	if (byTag.length) return byTag;
	const modalities = { input: model.inputModalities, output: model.outputModalities };
	return ENDPOINTS.filter(({ matchesModalities }) => matchesModalities?.(modalities));
}

/** Features and capabilities with a slash are endpoint names. */
function namesOf({ type, endpoints, capabilities, schemaUrl }: Model): string[] {
	const features = capabilities.filter((capability) => capability.includes('/'));
	return [type, ...endpoints, ...features, ...namesInLink(schemaUrl)];
}

/** The link names the endpoint in its query (`endpoint=openai%2Fchat-completions`) or in its path. */
function namesInLink(link: string | undefined): string[] {
	if (!link || !URL.canParse(link, 'https://host')) return [];
	const { pathname, searchParams } = new URL(link, 'https://host');
	return [pathname, ...searchParams.getAll('endpoint'), ...searchParams.getAll('path')];
}

/**
 * Whether a model supports tools, from the catalog's `capabilities` (`tools`) or, until August 2026,
 * its `features` (`openai/chat-completion.function`).
 *
 * @returns `undefined` if the catalog lists neither for the model
 */
export function takesTools({ capabilities }: Model): boolean | undefined {
	if (!capabilities.length) return undefined;
	return capabilities.some((name) => name === 'tools' || name.endsWith('.function'));
}
