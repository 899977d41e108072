import { ENDPOINTS, isCalled, type Endpoint } from '../models/endpoints';
import type { Model } from '../models/model';

/**
 * The endpoints that serve a model, by the first of these that says something: what the catalogue
 * calls them, its tags, what goes in and what comes out. Empty when nothing does.
 */
export function endpointsOf(model: Model): Endpoint[] {
	const byName = namedBy(namesOf(model));
	if (byName.length) return byName;
	const byTag = namedBy(model.tags.map((tag) => tag.replace(/^playground:/, '')));
	if (byTag.length) return byTag;
	const modalities = { input: model.inputModalities, output: model.outputModalities };
	return ENDPOINTS.filter(({ turns }) => turns?.(modalities));
}

const namedBy = (names: string[]): Endpoint[] =>
	ENDPOINTS.filter((endpoint) => names.some((name) => isCalled(endpoint, name)));

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
