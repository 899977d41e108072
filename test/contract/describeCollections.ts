import { contracts, type Contract } from './contracts';
import { makeUpModels } from './madeUpModels';
import {
	mustHaveSpecs,
	print,
	readDocumented,
	readInvented,
	specsFolder,
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
 * endpoint. Without the folder of the documented schemas the tests of these are skipped, and say so;
 * in CI that is a failure.
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
	if (!readDocumented()) reportAbsence();
}

function reportAbsence(): void {
	if (mustHaveSpecs) {
		test('has the documented schemas to hold the node against', () => {
			throw new Error(
				`${specsFolder} has no index.json. Set AIMLAPI_SPECS to the schemas' folder.`,
			);
		});
		return;
	}
	print(`contract: SKIPPED for the documented models, as ${specsFolder} has none (AIMLAPI_SPECS)`);
	test.skip('holds for every documented model', () => undefined);
}
