import type { IDataObject } from 'n8n-workflow';
import type { Model } from '../../../shared/models/model';
import { describePrice, parseRates, type Rate } from '../../../shared/models/pricing';

/** A model as output; what the catalog doesn't say is left out. */
export function toModelItem(model: Model): IDataObject {
	const { id, name, developer, type, contextLength, outputMax, pricing } = model;
	return {
		id,
		name,
		developer,
		type,
		...(contextLength && { contextLength }),
		...(outputMax && { outputMax }),
		capabilities: model.capabilities,
		inputModalities: model.inputModalities,
		outputModalities: model.outputModalities,
		price: describePrice(pricing),
		prices: parseRates(pricing).map(toPrice),
	};
}

/** The price of a single unit, rounded to remove binary fractions. */
function toPrice({ price, unit, per, when }: Rate): IDataObject {
	const usdPerUnit = Number((price / per).toPrecision(12));
	return { unit, usdPerUnit, ...(when && { when: when as IDataObject }) };
}
