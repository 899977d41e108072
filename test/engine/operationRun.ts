import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { runNode, type NodeRun, type NodeRunResult } from './runNode';

/** A run of any operation with what a test does not care about filled in. */
export interface OperationRun extends Partial<Omit<NodeRun, 'parameters'>> {
	resource: string;
	operation: string;
	/** Id, or an expression. */
	model?: string;
	/** Values of 'Model Parameters'. */
	modelParameters?: Record<string, unknown>;
	/** Further fields of the operation. */
	fields?: INodeParameters;
}

/** Runs an operation against the sandbox in n8n-core's engine. */
export async function runOperation(sandbox: Sandbox, run: OperationRun): Promise<NodeRunResult> {
	const { resource, operation, model, modelParameters, fields, ...rest } = run;
	const mapped = { mappingMode: 'defineBelow', value: modelParameters, schema: [] };
	return await runNode({
		credential: { apiKey: sandbox.apiKey, url: sandbox.url },
		parameters: {
			resource,
			operation,
			...(model !== undefined && { model: { __rl: true, mode: 'id', value: model } }),
			...(modelParameters && { modelParameters: mapped as unknown as INodeParameters }),
			...fields,
		},
		...rest,
	});
}
