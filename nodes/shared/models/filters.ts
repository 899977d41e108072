import { ENDPOINTS, hasAlias, type Endpoint } from './endpoints';
import type { Model } from './model';

/**
 * The models that an endpoint serves, each id once. When the catalog names none, those of a kindred
 * endpoint; when there is none either, all models rather than none.
 */
export function modelsOfEndpoint(models: Model[], endpoint: Endpoint): Model[] {
	const served = models.filter((model) => isServedBy(model, endpoint));
	if (!served.length && endpoint.modelsLike) return modelsOfEndpoint(models, endpoint.modelsLike);
	return onePerId(served.length ? served : models);
}

/** A model behind two endpoints stands in the catalog twice. */
export function onePerId(models: Model[]): Model[] {
	return [...new Map(models.map((model) => [model.id, model])).values()];
}

export const isServedBy = (model: Model, endpoint: Endpoint): boolean =>
	endpointsOf(model).includes(endpoint);

/** The models in which every word of the search occurs: in id, alias, name or developer. */
export function searchModels(models: Model[], search: string): Model[] {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	return models.filter((model) => {
		const text = [model.id, ...model.aliases, model.name, model.developer].join('\n').toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

/** What 'Get Many' keeps: of type and developer any will do, of the others all must hold. */
export interface ModelFilters {
	search: string;
	types: string[];
	developers: string[];
	capabilities: string[];
	inputModalities: string[];
	outputModalities: string[];
}

/** The models that pass every filter, case ignored. An empty filter keeps everything. */
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

/**
 * The endpoints that serve a model, by the first of these that says something: what the catalog
 * calls them, its tags, what goes in and what comes out. Empty when nothing does.
 */
export function endpointsOf(model: Model): Endpoint[] {
	const byName = namedBy(namesOf(model));
	if (byName.length) return byName;
	const byTag = namedBy(model.tags.map((tag) => tag.replace(/^playground:/, '')));
	if (byTag.length) return byTag;
	const modalities = { input: model.inputModalities, output: model.outputModalities };
	return ENDPOINTS.filter(({ matchesModalities }) => matchesModalities?.(modalities));
}

const namedBy = (names: string[]): Endpoint[] =>
	ENDPOINTS.filter((endpoint) => names.some((name) => hasAlias(endpoint, name)));

/** Features and capabilities are the names of endpoints where they have a slash. */
function namesOf({ type, endpoints, capabilities, schemaUrl }: Model): string[] {
	const features = capabilities.filter((capability) => capability.includes('/'));
	return [type, ...endpoints, ...features, ...namesInLink(schemaUrl)];
}

/** `/docs-json?model=…&endpoint=openai%2Fchat-completions` names the endpoint; or its path does. */
function namesInLink(link: string | undefined): string[] {
	if (!link || !URL.canParse(link, 'https://host')) return [];
	const { pathname, searchParams } = new URL(link, 'https://host');
	return [pathname, ...searchParams.getAll('endpoint'), ...searchParams.getAll('path')];
}

/**
 * Whether a model calls tools, by `capabilities` of the catalog (`tools`) or, until August 2026, by
 * its `features` (`openai/chat-completion.function`).
 *
 * @returns `undefined` where the catalog says nothing of what the model can do
 */
export function takesTools({ capabilities }: Model): boolean | undefined {
	if (!capabilities.length) return undefined;
	return capabilities.some((name) => name === 'tools' || name.endsWith('.function'));
}
