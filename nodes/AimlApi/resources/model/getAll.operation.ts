import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { MODELS } from '../../../shared/models/endpoints';
import { filterModels, type ModelFilters } from '../../../shared/models/filters';
import { findCatalogEntries, parseModel } from '../../../shared/models/model';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import { filtersField, listFields } from '../../descriptions/listFields';
import { getLimit } from '../../run/limit';
import type { Operation } from '../../run/operation';
import { isSimplified } from '../../run/simplify';
import { toModelItem } from './modelItem';
import { findSpeed, getSpeeds } from './speed';

/** Fields of 'Get Many'. */
export const getAllFields: INodeProperties[] = [
	...listFields,
	{
		...filtersField,
		options: [
			{
				displayName: 'Capability Names or IDs',
				name: 'capabilities',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelCapabilities' },
				default: [],
				description:
					'Only models with all of these capabilities. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Developer Names or IDs',
				name: 'developers',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelDevelopers' },
				default: [],
				description:
					'Only models by these developers. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Input Names or IDs',
				name: 'inputModalities',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelInputs' },
				default: [],
				description:
					'Only models that accept all of these, such as text or image. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Output Names or IDs',
				name: 'outputModalities',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelOutputs' },
				default: [],
				description:
					'Only models that return all of these, such as text or video. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. gpt mini',
				description: 'Only models whose ID, name or developer contains all of these words',
			},
			{
				displayName: 'Type Names or IDs',
				name: 'types',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModelTypes' },
				default: [],
				description:
					'Only models of these types, such as chat or video. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
	},
	{
		displayName: 'Include Live Speed',
		name: 'includeSpeed',
		type: 'boolean',
		default: false,
		description:
			"Whether to add each model's current speed: time to the first token, tokens per second and duration, as measured by the API over the last few minutes",
	},
	simplifyField,
	lookUpOptionsField,
];

/**
 * GET /v1/models: one item per matching model. The node filters, since the API has no search and no
 * filter by developer.
 */
export const getModels: Operation = {
	endpoint: MODELS,
	async execute(context) {
		const filters = getFilters(context.getField<Record<string, unknown>>('filters', {}));
		const most = getLimit(context, 'models');
		const response = await context.get(MODELS.path, { include: 'all' });
		const entries = findCatalogEntries(response.json);
		if (!entries) throw new ApiError(unexpectedResponseError(response, 'list of models'));
		const byModel = new Map(entries.map((entry) => [parseModel(entry), entry]));
		const models = [...byModel.keys()].filter((model) => model !== undefined);
		const found = filterModels(models, filters).slice(0, most);
		const isSimple = isSimplified(context);
		const speeds = context.getField('includeSpeed', false) ? await getSpeeds(context) : undefined;
		return found.map((model) => ({
			json: {
				...(isSimple ? toModelItem(model) : (byModel.get(model) as IDataObject)),
				...(speeds && { speed: findSpeed(speeds, model) }),
			},
		}));
	},
};

/** An expression may also return a list as text with commas. */
function getFilters(filters: Record<string, unknown>): ModelFilters {
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
