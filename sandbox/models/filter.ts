import { ENDPOINT_TYPES, type Model } from './model';
import { valuesOf, type Query } from './query';

/** What each filter of the catalog looks at. */
const FILTERS: Record<string, (model: Model) => string[]> = {
	id: ({ id, aliases }) => [id, ...aliases],
	type: ({ endpoint }) => [ENDPOINT_TYPES[endpoint]],
	tags: ({ tags }) => tags,
	modalities: ({ modalities }) => [...modalities.input, ...modalities.output],
	input_modalities: ({ modalities }) => modalities.input,
	output_modalities: ({ modalities }) => modalities.output,
	capabilities: ({ capabilities }) => capabilities,
};

/** Keeps the models that fit: any value of a parameter, all parameters, case ignored. */
export function filterModels(models: readonly Model[], query: Query): Model[] {
	return models.filter((model) =>
		Object.entries(FILTERS).every(([parameter, read]) => {
			const wanted = valuesOf(query[parameter]);
			if (wanted.length === 0) return true;
			return read(model).some((value) => wanted.includes(value.toLowerCase()));
		}),
	);
}
