import type { IDataObject } from 'n8n-workflow';
import { MODELS } from '../../../shared/models/endpoints';
import { filterModels, type ModelFilters } from '../../../shared/models/filters';
import { catalogueEntries, readModel } from '../../../shared/models/model';
import { toModelItem } from './modelItem';
import { CallFailure } from '../../../shared/errors/ApiError';
import { InputError } from '../../../shared/errors/InputError';
import type { Call, Operation } from '../../run/operation';
import { readUnknownAnswer } from '../../../shared/transport/apiErrors';

/**
 * GET /v1/models: one item for each model that passes the filters. They are applied here, since the
 * API knows neither a search nor a filter by developer.
 */
export const getModels: Operation = {
	endpoint: MODELS,
	async perform(call) {
		const filters = readFilters(call.field<Record<string, unknown>>('filters', {}));
		const most = readMost(call);
		const response = await call.get(MODELS.path, { include: 'all' });
		const entries = catalogueEntries(response.json);
		if (!entries) throw new CallFailure(readUnknownAnswer(response, 'list of models'));
		const byModel = new Map(entries.map((entry) => [readModel(entry), entry]));
		const models = [...byModel.keys()].filter((model) => model !== undefined);
		const found = filterModels(models, filters).slice(0, most);
		const isSimple = call.field('simplify', true);
		return found.map((model) => ({
			json: isSimple ? toModelItem(model) : (byModel.get(model) as IDataObject),
		}));
	},
};

/** Given by expression, a list may also come as text with commas between its entries. */
function readFilters(filters: Record<string, unknown>): ModelFilters {
	const list = (value: unknown): string[] =>
		(Array.isArray(value) ? value.map(String) : String(value ?? '').split(','))
			.map((entry) => entry.trim())
			.filter(Boolean);
	return {
		search: String(filters.search ?? ''),
		types: list(filters.types),
		developers: list(filters.developers),
		capabilities: list(filters.capabilities),
		inputModalities: list(filters.inputModalities),
		outputModalities: list(filters.outputModalities),
	};
}

function readMost(call: Call): number | undefined {
	if (call.field('returnAll', false)) return undefined;
	const limit = Number(call.field<unknown>('limit', 50));
	if (Number.isInteger(limit) && limit > 0) return limit;
	throw new InputError(
		"'Limit' must be a whole number from 1",
		"Enter how many models to return at most, or switch on 'Return All'.",
	);
}
