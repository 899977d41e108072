import { endpointTypes } from './model';
import type { Model } from './model';
import { valuesOf } from './query';
import type { Query } from './query';

/** What each filter of the catalogue looks at. */
const filters: Record<string, (model: Model) => string[]> = {
	id: ({ id, aliases }) => [id, ...aliases],
	type: ({ endpoint }) => [endpointTypes[endpoint]],
	tags: ({ tags }) => tags,
	modalities: ({ modalities }) => [...modalities.input, ...modalities.output],
	input_modalities: ({ modalities }) => modalities.input,
	output_modalities: ({ modalities }) => modalities.output,
	capabilities: ({ capabilities }) => capabilities,
};

/** Keeps the models that fit: any value of a parameter, all parameters, case ignored. */
export function filterModels(models: readonly Model[], query: Query): Model[] {
	return models.filter((model) =>
		Object.entries(filters).every(([parameter, read]) => {
			const wanted = valuesOf(query[parameter]);
			if (wanted.length === 0) return true;
			return read(model).some((value) => wanted.includes(value.toLowerCase()));
		}),
	);
}
