import type { EndpointPath, Model } from './model';

/** The models that a sandbox serves. */
export class Catalog {
	readonly models: readonly Model[];

	/** `documented` models are added; of those that are built in, only the schema is replaced. */
	constructor(builtIn: Model[], documented: Model[] = []) {
		const isSame = (a: Model) => (b: Model) => a.id === b.id && a.endpoint === b.endpoint;
		this.models = [
			...builtIn.map((model) => ({
				...model,
				document: documented.find(isSame(model))?.document ?? model.document,
			})),
			...documented.filter((model) => !builtIn.some(isSame(model))),
		];
	}

	/** Finds a model by ID or, if there is none, by alias, at `endpoint` or anywhere. */
	find(id: string, endpoint?: EndpointPath): Model | undefined {
		const served = this.models.filter((model) => !endpoint || model.endpoint === endpoint);
		return (
			served.find((model) => model.id === id) ?? served.find(({ aliases }) => aliases.includes(id))
		);
	}
}
