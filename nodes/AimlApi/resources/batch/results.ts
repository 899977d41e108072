import type { IDataObject } from 'n8n-workflow';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { isRecord } from '../../../shared/schema/jsonSchema';
import { readJob, type Job } from '../../../shared/response/job';
import { readMessage, readMessageUsage } from '../../../shared/response/message';

/** A line of a batch's results: `{custom_id, result: {type, message | error}}`. */
export type BatchLine = Record<string, unknown>;

/** The results, one for each request; `undefined` while the answer only tells how the batch goes. */
export function readBatchLines({ jsonLines }: ApiResponse): BatchLine[] | undefined {
	return jsonLines?.every((line) => 'custom_id' in line) ? jsonLines : undefined;
}

/** How a batch goes: the API tells it by `processing_status` and, on cancelling, by `status`. */
export function readBatch(response: ApiResponse, knownId = ''): Job {
	if (readBatchLines(response)) return { id: knownId, status: 'ended', state: 'done' };
	const body = isRecord(response.json) ? response.json : {};
	return readJob({ ...body, status: body.processing_status ?? body.status }, knownId);
}

/** An item that tells how a batch goes, in place of its results. */
export function toBatchItem(response: ApiResponse, knownId = ''): IDataObject {
	const { id, status, state } = readBatch(response, knownId);
	const body = isRecord(response.json) ? response.json : {};
	const counts = isRecord(body.request_counts) ? readCounts(body.request_counts) : undefined;
	return {
		batchId: id,
		status,
		ended: state !== 'pending',
		...(counts && { requestCount: sum(Object.values(counts)), requestCounts: counts }),
		...(typeof body.created_at === 'string' && { createdAt: body.created_at }),
		...(typeof body.expires_at === 'string' && { expiresAt: body.expires_at }),
	};
}

const readCounts = (counts: Record<string, unknown>): Record<string, number> =>
	Object.fromEntries(Object.entries(counts).map(([state, count]) => [state, Number(count) || 0]));

const sum = (figures: number[]): number => figures.reduce((total, figure) => total + figure, 0);

/**
 * An item for the result of one request. One that failed becomes an item of the form by which n8n
 * knows a failed item: it goes to the error branch where there is one and is never lost.
 */
export function toResultItem(line: BatchLine, batchId: string): IDataObject {
	const customId = String(line.custom_id ?? '');
	const result = isRecord(line.result) ? line.result : {};
	const { message } = result;
	if (!isRecord(message)) return { error: { ...readFailure(result), customId, batchId } };
	const usage = readMessageUsage(message);
	return {
		customId,
		...readMessage(message),
		model: String(message.model ?? ''),
		id: String(message.id ?? ''),
		...(usage && { usage: { ...usage } }),
	} as IDataObject;
}

function readFailure({ type, error }: Record<string, unknown>): IDataObject {
	const inner = isRecord(error) && isRecord(error.error) ? error.error : error;
	const said = isRecord(inner) ? inner.message : inner;
	const kind = String(type ?? 'errored');
	return {
		message: typeof said === 'string' && said ? said : `The request ended as '${kind}'`,
		description: NEXT_STEPS[kind] ?? NEXT_STEPS.errored,
		type: isRecord(inner) && typeof inner.type === 'string' ? inner.type : kind,
	};
}

const NEXT_STEPS: Record<string, string> = {
	errored: 'Correct this request and send it in a new batch. The others are not affected.',
	canceled: 'The batch was cancelled before this request had its turn. Send it in a new one.',
	expired: 'The batch ran out of time before this request had its turn. Send it in a new one.',
};
