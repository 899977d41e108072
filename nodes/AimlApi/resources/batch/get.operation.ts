import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { BATCHES } from '../../../shared/models/endpoints';
import { invalidResponseError } from '../../../shared/transport/apiErrors';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { parseCost } from '../../../shared/transport/usage';
import {
	maxWaitOption,
	onMaxWaitOption,
	pollIntervalOption,
	waitForCompletionOption,
} from '../../descriptions/mediaOptions';
import { createLookUpOptions } from '../../descriptions/modelFields';
import type { ItemContext, Operation } from '../../run/operation';
import { getJob, pollUntilDone, type JobType } from '../../run/polling';
import { isSimplified, toRawItem } from '../../run/simplify';
import { batchIdField, getBatchId } from './batchId';
import { parseResultLines, type ResultLine } from './resultLines';
import { parseBatchJob, toBatchItem, toLineItem, toUnreadableItem } from './results';

/** Fields of 'Get Batch Results'. */
export const getFields: INodeProperties[] = [
	batchIdField,
	simplifyField,
	createLookUpOptions(
		{ ...maxWaitOption, default: 3600, description: 'How long to wait for the results' },
		{
			...onMaxWaitOption,
			description:
				"What to do if the results aren't ready in time. The batch continues in either case.",
			options: [
				{ name: 'Fail', value: 'fail', description: 'Fail with an error that contains the ID' },
				{
					name: 'Return Status',
					value: 'returnJob',
					description: 'Return the status of the batch',
				},
			],
		},
		{
			...pollIntervalOption,
			default: 60,
			description: 'How often to check for the results. The first checks come sooner.',
		},
		{
			...waitForCompletionOption,
			description: 'Whether to wait for the results. If off, returns the status right away.',
		},
	),
];

const BATCH: JobType = {
	name: 'batch',
	getOperation: 'Get Batch Results',
	idName: 'batchId',
	pollIntervalSeconds: 60,
	maxWaitSeconds: 3600,
	statusEndpoint: (id) => ({ path: BATCHES.path, query: { batch_id: id } }),
	parse: parseBatchJob,
};

/** GET /v1/batches: an item for each result, or one with the status of the batch. */
export const getBatch: Operation = {
	endpoint: { ...BATCHES, method: 'GET' },
	acceptsAnyBody: true,
	async execute(context) {
		const id = getBatchId(context);
		const first = await getJob(context, id, BATCH);
		const { response } = context.getOption('waitForCompletion', true)
			? await pollUntilDone(context, first, id, BATCH)
			: { response: first };
		return await toItems(context, response, id);
	},
};

/** Only the first good item has the cost, so that the sum over the items is right. */
async function toItems(
	context: ItemContext,
	response: ApiResponse,
	id: string,
): Promise<INodeExecutionData[]> {
	const lines = parseResultLines(response.text);
	if (!lines && response.json === undefined) throw new ApiError(invalidResponseError(response));
	const cost = parseCost(response.json, response);
	context.addCost(cost);
	if (cost) await context.settleCost(id, cost, response);
	if (!isSimplified(context)) {
		const toRawLine = ({ result, text }: ResultLine) => result ?? toUnreadableItem(text, id);
		return (
			lines?.map((line) => ({ json: toRawLine(line) as IDataObject })) ?? [toRawItem(response)]
		);
	}
	const items = lines?.map((line) => toLineItem(line, id)) ?? [toBatchItem(response, id)];
	const payer = items.findIndex((json) => !('error' in json));
	return items.map((json, index) => ({
		json: { ...json, ...(index === payer && cost && { cost }) },
	}));
}
