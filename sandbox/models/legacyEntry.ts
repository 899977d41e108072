import { bodyProperties } from '../schema/openapi';
import { ENDPOINT_KINDS } from './kinds';
import legacyFeatures from './legacyFeatures.json';
import type { Model } from './model';

/** The catalog until August 2026: one entry per ID. */
export function legacyEntries(models: readonly Model[]) {
	const ids = [...new Set(models.map(({ id }) => id))];
	return ids.map((id) => {
		const served = models.filter((model) => model.id === id);
		const [{ endpoint, info }] = served;
		return {
			id,
			type: ENDPOINT_KINDS[endpoint].legacyType,
			info: {
				name: info.name,
				developer: info.developer,
				description: info.description,
				contextLength: info.contextLength,
				maxTokens: info.outputMax,
				url: info.url,
				docs_url: info.docsUrl,
			},
			features: served.flatMap(featuresOf),
			endpoints: served.map((model) => model.endpoint),
		};
	});
}

/** Each feature of a chat model is implied by a parameter. */
function featuresOf({ endpoint, document }: Model): string[] {
	if (endpoint === '/v1/responses') return ['openai/response-api'];
	if (endpoint !== '/v1/chat/completions') return [];
	const parameters = bodyProperties(document);
	const features = Object.entries(legacyFeatures);
	return features.flatMap(([parameter, feature]) => (parameter in parameters ? feature : []));
}
