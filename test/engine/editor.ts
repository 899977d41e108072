import { LoadOptionsContext } from 'n8n-core';
import {
	validateFieldType,
	Workflow,
	type INode,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeType,
	type ResourceMapperField,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { AimlApi } from '../../nodes/AimlApi/AimlApi.node';
import type { Api } from './operationRun';
import { additionalData, nodeTypes, plainNode } from './runNode';

/** The part of a node that the editor calls. */
type AskedNode = INodeType & { methods: LookUps };

interface LookUps {
	listSearch: Pick<AimlApi['methods']['listSearch'], 'searchModels'>;
	resourceMapping: AimlApi['methods']['resourceMapping'];
}

/** All entries of the model picker for a search, from all its pages. */
export async function listPickerEntries(
	api: Api,
	parameters: INodeParameters,
	search = '',
	node: AskedNode = new AimlApi(),
): Promise<INodeListSearchResult['results']> {
	const { searchModels } = node.methods.listSearch;
	const results: INodeListSearchResult['results'] = [];
	let token: unknown;
	do {
		const page = await searchModels.call(
			editor(api, parameters, node),
			search,
			token as string | undefined,
		);
		results.push(...page.results);
		token = page.paginationToken;
	} while (token !== undefined);
	return results;
}

/** The fields that 'Model Parameters' offers for a model that was chosen from the list. */
export const listParameterFields = async (
	api: Api,
	parameters: INodeParameters,
	node: AskedNode = new AimlApi(),
): Promise<ResourceMapperField[]> => (await openModelParameters(api, parameters, node)).fields;

/** What 'Model Parameters' shows in a node. The type of an agent's tool ends with 'Tool'. */
export async function openModelParameters(
	api: Api,
	parameters: INodeParameters,
	node: AskedNode,
	type = NODE_TYPE,
): Promise<ResourceMapperFields> {
	const { getModelParameters } = node.methods.resourceMapping;
	return await getModelParameters.call(editor(api, parameters, node, type));
}

/** The values that the filters of 'Get Many' models offer, with their names, by look-up. */
export async function listFilterValues(
	api: Api,
): Promise<Record<string, Array<[value: string, name: string]>>> {
	const parameters = { resource: 'model', operation: 'getAll' };
	const node = new AimlApi();
	const { loadOptions } = node.methods;
	const lookUps = Object.entries(loadOptions).filter(([name]) => name.startsWith('getModel'));
	const values: Record<string, Array<[value: string, name: string]>> = {};
	for (const [name, lookUp] of lookUps) {
		const options = await lookUp.call(editor(api, parameters, node));
		values[name] = options.map((option) => [String(option.value), option.name]);
	}
	return values;
}

/** The values that 'Parameter Name or ID' offers in an entry of 'Files', besides the automatic choice. */
export async function listFileParameters(
	api: Api,
	parameters: INodeParameters,
): Promise<unknown[]> {
	const node = new AimlApi();
	const { getFileParameters } = node.methods.loadOptions;
	const options = await getFileParameters.call(editor(api, parameters, node));
	return options.map(({ value }) => value).filter((value) => value !== '');
}

/** n8n's own error for a value of a field, which would stop the workflow; '' for none. */
export function fieldIssue({ id, type = 'string', options }: ResourceMapperField, value: unknown) {
	const validation = validateFieldType(id, value, type, { valueOptions: options });
	return validation.valid ? '' : validation.errorMessage;
}

/** A value as the editor stores it after typing: lists, objects and unions as text. */
export function asTyped({ type }: ResourceMapperField, value: unknown): unknown {
	const isKept = type === 'number' || type === 'boolean' || type === 'options';
	if (isKept || typeof value === 'string') return value;
	return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

const NODE_TYPE = 'test.aimlApi';

/** n8n's own context for look-ups, with what the editor would pass to it. */
function editor(
	{ url, apiKey }: Api,
	parameters: INodeParameters,
	nodeType: INodeType,
	type = NODE_TYPE,
): LoadOptionsContext {
	const node: INode = {
		...plainNode('AI/ML API', type),
		parameters,
		credentials: { aimlApi: { id: '1', name: 'AI/ML API account' } },
	};
	const workflow = new Workflow({
		id: 'test',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypes({ [type]: nodeType }),
	});
	const data = { ...additionalData({ url, apiKey }), currentNodeParameters: parameters };
	return new LoadOptionsContext(workflow, node, data, 'parameters');
}
