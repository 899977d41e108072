import type { INodeParameters, INodeType, ResourceMapperField } from 'n8n-workflow';
import type { Workflow, WorkflowNode } from '../../harness/workflows/workflow';
import { AimlApi } from '../../nodes/AimlApi/AimlApi.node';
import { EmbeddingsAimlApi } from '../../nodes/EmbeddingsAimlApi/EmbeddingsAimlApi.node';
import { LmChatAimlApi } from '../../nodes/LmChatAimlApi/LmChatAimlApi.node';
import type { Sandbox } from '../../sandbox';
import { listParameterFields } from './editor';

const NODES: Record<string, () => INodeType> = {
	aimlApi: () => new AimlApi(),
	aimlApiTool: () => new AimlApi(),
	embeddingsAimlApi: () => new EmbeddingsAimlApi(),
	lmChatAimlApi: () => new LmChatAimlApi(),
};

/**
 * The workflow with 'Model Parameters' as the editor stores them: all fields of the model, those
 * without a value marked as removed. The editor would add a field that is missing there, and mark the
 * node as changed as soon as it is opened.
 */
export async function withParameterSchemas(
	workflow: Workflow,
	sandbox: Sandbox,
): Promise<Workflow> {
	const nodes = await Promise.all(
		workflow.nodes.map(async (node) => await withSchema(node, sandbox)),
	);
	return { ...workflow, nodes };
}

async function withSchema(node: WorkflowNode, sandbox: Sandbox): Promise<WorkflowNode> {
	const create = NODES[node.type.replace('n8n-nodes-aimlapi-models.', '')];
	if (!create) return node;
	const parameters = node.parameters as INodeParameters;
	const fields = await listParameterFields(sandbox, modelOf(parameters), create() as never);
	if (fields.length === 0) return node;
	const { value = {} } = (parameters.modelParameters ?? {}) as { value?: object };
	const { options, ...others } = node.parameters;
	return {
		...node,
		parameters: {
			...others,
			modelParameters: {
				mappingMode: 'defineBelow',
				value,
				matchingColumns: [],
				schema: fields.map((field) => stored(field, field.id in value)),
				attemptToConvertTypes: false,
				convertFieldsToString: false,
			},
			...(options !== undefined && { options }),
		},
	};
}

/** The parameters as a look-up finds them: the model by its ID alone. */
const modelOf = ({ model, ...others }: INodeParameters): INodeParameters => ({
	...others,
	...(model !== undefined && { model: (model as { value: string }).value }),
});

const stored = (field: ResourceMapperField, isSet: boolean): ResourceMapperField => ({
	...field,
	removed: !isSet && !field.required,
});
