import { contracts, type Contract } from './contracts';
import { makeUpModels } from './madeUpModels';
import {
	readDocumented,
	readInvented,
	type Collection,
	type DocumentedModel,
} from './surroundings';

/** An endpoint with the models of a collection that it serves. */
export interface Served {
	contract: Contract;
	models: DocumentedModel[];
}

/**
 * Declares tests about the documented models, and about two sets of models that nobody documents, by
 * endpoint. Without their documents the documented models are left out.
 */
export function describeCollections(
	declare: (collection: Collection, endpoints: Served[]) => void,
	only: (contract: Contract) => boolean = () => true,
): void {
	const chosen = contracts.filter(only);
	for (const collection of [readDocumented(), readInvented(), makeUpModels()]) {
		if (!collection) continue;
		const endpoints = chosen.map((contract) => ({
			contract,
			models: collection.models.filter(({ endpoint }) => endpoint === contract.path),
		}));
		describe(`the ${collection.name} models`, () => declare(collection, endpoints));
	}
}
