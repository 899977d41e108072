import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { BATCHES } from '../../../shared/models/endpoints';
import {
	checkUniqueIds,
	MOST_REQUESTS,
	readRequestList,
	writeBatchRequest,
	type BatchRequest,
} from './requests';
import { parseJsonObject } from '../../../shared/parameters/jsonField';
import { readModelParameters } from '../../../shared/parameters/readParameters';
import { readBatch, toBatchItem } from './results';
import { readCost } from '../../../shared/transport/usage';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { CallFailure } from '../../../shared/errors/ApiError';
import type { Call, Operation } from '../../run/operation';
import { readUnknownAnswer } from '../../../shared/transport/apiErrors';
import { batchParameterSchema } from './parameterSchema';

/** A request on its way into the batch, with the item that it comes of. */
interface Entry {
	itemIndex: number;
	request: BatchRequest;
}

/** What the API made of the requests of all items. */
interface Batch {
	response: ApiResponse;
	entries: Entry[];
}

/**
 * POST /v1/batches: the requests of all items of the run become one batch, and one item comes out
 * that is linked to them all. Only more requests than the API takes make a second one.
 */
export const createBatch: Operation = {
	endpoint: BATCHES,
	startsPaidJob: true,
	joinsItems: true,
	soleModel: true,
	modelForm: {
		ownProperties: ['model', 'messages'],
		generalSchema: batchParameterSchema,
		isSameForAll: true,
	},
	async perform(call) {
		const { itemIndex } = call;
		const entries = readRequests(call).map((request) => ({ itemIndex, request }));
		const [batch] = await call.sendTogether<Entry, Batch>(entries, {
			key: 'batch',
			size: MOST_REQUESTS,
			send: async (all) => {
				const sent = await sendBatch(call, all);
				return all.map(() => sent);
			},
			isOneToBlame: () => false,
		});
		return batch.entries[0].itemIndex === itemIndex ? [toItem(call, batch)] : [];
	},
};

function readRequests(call: Call): BatchRequest[] {
	const values = call.field<{ value?: unknown }>('modelParameters', {})?.value;
	const defaults = {
		model: call.model,
		parameters: readModelParameters(values, batchParameterSchema, call.model),
		extra: parseJsonObject(call.field<unknown>('extraBody', ''), 'Extra Body'),
	};
	const own =
		call.field<string>('requestsFrom', 'items') === 'list'
			? readRequestList(call.field<unknown>('requests', ''))
			: [{ customId: call.field<unknown>('customId', ''), messages: call.field('messages', {}) }];
	return own.map((request) => writeBatchRequest(request, defaults));
}

async function sendBatch(call: Call, entries: Entry[]): Promise<Batch> {
	const requests = entries.map(({ request }) => request);
	checkUniqueIds(requests);
	const response = await call.send({ requests });
	call.book(readCost(response.json, response));
	if (!readBatch(response).id) {
		throw new CallFailure(readUnknownAnswer(response, 'ID of the batch'));
	}
	return { response, entries };
}

function toItem(call: Call, { response, entries }: Batch): INodeExecutionData {
	const items = [...new Set(entries.map(({ itemIndex }) => itemIndex))];
	const json = call.field('simplify', true)
		? { ...toBatchItem(response), requestCount: entries.length }
		: (response.json as IDataObject);
	return { json, pairedItem: items.map((item) => ({ item })) };
}
