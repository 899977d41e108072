import { ENDPOINT_KINDS } from './kinds';
import type { Model } from './model';
import { valuesOf, type Query } from './query';

/** The values that each filter of the catalog compares. */
const FILTERS: Record<string, (model: Model) => string[]> = {
	id: ({ id, aliases }) => [id, ...aliases],
	type: ({ endpoint }) => [ENDPOINT_KINDS[endpoint].type],
	tags: ({ tags }) => tags,
	modalities: ({ modalities }) => [...modalities.input, ...modalities.output],
	input_modalities: ({ modalities }) => modalities.input,
	output_modalities: ({ modalities }) => modalities.output,
	capabilities: ({ capabilities }) => capabilities,
};

/** The models that match any value of each parameter, ignoring case. */
export function filterModels(models: readonly Model[], query: Query): Model[] {
	return models.filter((model) =>
		Object.entries(FILTERS).every(([parameter, read]) => {
			const wanted = valuesOf(query[parameter]);
			if (wanted.length === 0) return true;
			return read(model).some((value) => wanted.includes(value.toLowerCase()));
		}),
	);
}
