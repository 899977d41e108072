import { contracts, type Contract } from './contracts';
import { makeUpModels } from './madeUpModels';
import { bodySchema, type Schema } from './schema';
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
 * endpoint. Without their documents the documented models are left out, and so is an endpoint without any.
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

/** Tells which property the main text fills where an operation needs one and no usual name is there. */
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
