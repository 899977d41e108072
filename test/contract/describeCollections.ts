import { contracts, type Contract } from './contracts';
import { makeUpModels } from './generatedModels';
import { bodySchema, type Schema } from './schema';
import { readDocumented, readInvented, type Collection, type DocumentedModel } from './collections';

/** An endpoint with the models of a collection that it serves. */
export interface Served {
	contract: Contract;
	models: DocumentedModel[];
}

/**
 * Declares tests for the documented models, if there are documents, and for two sets of invented ones.
 *
 * @param declare gets a set and its endpoints, except those without models
 */
export function describeCollections(
	declare: (collection: Collection, endpoints: Served[]) => void,
	only: (contract: Contract) => boolean = () => true,
): void {
	const chosen = contracts.filter(only);
	for (const collection of [withMainText(readDocumented()), readInvented(), makeUpModels()]) {
		if (!collection) continue;
		const served = chosen.map((contract) => ({
			contract,
			models: collection.models.filter(({ endpoint }) => endpoint === contract.path),
		}));
		const endpoints = served.filter(({ models }) => models.length);
		if (endpoints.length)
			describe(`the ${collection.name} models`, () => declare(collection, endpoints));
	}
}

/** Marks the property of the main text if the operation requires one and it has an unusual name. */
function withMainText(collection: Collection | undefined): Collection | undefined {
	return collection && { ...collection, models: collection.models.map(markMainText) };
}

function markMainText(model: DocumentedModel): DocumentedModel {
	const { needsText, mainText = '' } = contracts.find(({ path }) => path === model.endpoint) ?? {};
	const { properties = {}, required = [] } = bodySchema(model.document);
	if (!needsText || Object.hasOwn(properties, mainText)) return model;
	const isFreeText = ({ type, enum: values }: Schema) => type === 'string' && !values;
	const text = required.find((name) => isFreeText(properties[name]));
	return { ...model, ...(text !== undefined && { text }) };
}
