import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { runOperation, type OperationRun } from './operationRun';
import { mergeSchemas, schemaOf, type OutputSchema } from './schemaOf';
import { USUAL_RUNS } from './usualRuns';

/**
 * The output of every operation against the sandbox, as JSON Schema in the form of n8n's `__schema__`
 * files. The editor shows the fields of a node from these before its first run.
 *
 * @returns schemas by `<resource>/<operation>`
 * @throws Error where an operation gives no items
 */
export async function outputSchemas(sandbox: Sandbox): Promise<Record<string, OutputSchema>> {
	const schemas: Record<string, OutputSchema> = {};
	const add = async (run: OperationRun): Promise<IDataObject> => {
		const items = await itemsOf(sandbox, run);
		const schema = items.map(({ json }) => schemaOf(json)).reduce(mergeSchemas);
		schemas[`${run.resource}/${run.operation}`] = { ...schema, version: 1 };
		return items[0].json;
	};
	for (const run of Object.values(USUAL_RUNS)) await add(run);
	// These report the calls so far.
	for (const operation of ['getRequests', 'getTransactions', 'getUsageDetail']) {
		await add({ resource: 'account', operation });
	}
	await addBatch(add);
	await addGeneration(sandbox, add);
	return schemas;
}

type Add = (run: OperationRun) => Promise<IDataObject>;

async function addBatch(add: Add): Promise<void> {
	const { messages } = USUAL_RUNS['chat/complete'].fields!;
	const create: OperationRun = {
		resource: 'batch',
		operation: 'create',
		model: 'anthropic/claude-opus-4-5',
		fields: { customId: 'row-1', messages },
	};
	const { batchId: canceled } = await add(create);
	await add({ resource: 'batch', operation: 'cancel', fields: byBatchId(canceled) });
	const { batchId } = await add(create);
	await add({ resource: 'batch', operation: 'get', fields: byBatchId(batchId) });
}

const options = { pollInterval: 0.05 };

const byBatchId = (batchId: unknown): INodeParameters => ({ batchId: String(batchId), options });

async function addGeneration(sandbox: Sandbox, add: Add): Promise<void> {
	const video = USUAL_RUNS['video/generate'];
	const fields = { ...video.fields, options: { waitForCompletion: false } };
	const [{ json }] = await itemsOf(sandbox, { ...video, fields });
	await add({
		resource: 'generation',
		operation: 'get',
		fields: { kind: 'video', generationId: String(json.generationId), options },
	});
}

async function itemsOf(sandbox: Sandbox, run: OperationRun): Promise<INodeExecutionData[]> {
	const { items, error } = await runOperation(sandbox, run);
	if (error || items.length === 0) {
		const reason = error?.message ?? 'no items';
		throw new Error(`${run.resource}/${run.operation} gave no output: ${reason}`);
	}
	return items;
}
