import type { INodeParameters } from 'n8n-workflow';
import { runNode, type NodeRun, type NodeRunResult } from './runNode';

/** Where requests go: a sandbox, or a server that answers as a test says. */
export interface Api {
	url: string;
	apiKey: string;
}

/** The fields in which all nodes have the model and its parameters. */
export interface ModelFields {
	/** Id, or an expression. */
	model?: string;
	/** Values of 'Model Parameters'. */
	modelParameters?: Record<string, unknown>;
	/** Further fields. */
	fields?: INodeParameters;
}

/** A run of any operation with what a test does not care about filled in. */
export interface OperationRun extends ModelFields, Partial<Omit<NodeRun, 'parameters'>> {
	resource: string;
	operation: string;
}

/** Runs an operation against the API in n8n-core's engine. */
export async function runOperation(api: Api, run: OperationRun): Promise<NodeRunResult> {
	const { resource, operation, model, modelParameters, fields, ...rest } = run;
	const parameters = toParameters({ model, modelParameters, fields });
	return await runNode({
		credential: { apiKey: api.apiKey, url: api.url },
		parameters: { resource, operation, ...parameters },
		...rest,
	});
}

/** The fields as a workflow holds them. */
export const toParameters = ({ model, modelParameters, fields }: ModelFields): INodeParameters => ({
	...(model !== undefined && { model: { __rl: true, mode: 'id', value: model } }),
	...(modelParameters && { modelParameters: mapped(modelParameters) }),
	...fields,
});

const mapped = (value: Record<string, unknown>): INodeParameters =>
	({ mappingMode: 'defineBelow', value, schema: [] }) as unknown as INodeParameters;
