import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { ApiError, type ApiErrorInfo } from './ApiError';
import { InputError } from './InputError';

/** Where an error belongs: the node, the item it failed for, and the model that was asked. */
export interface ErrorContext {
	node: INode;
	itemIndex: number;
	model: string;
}

export type NodeFailure = NodeApiError | NodeOperationError;

/**
 * n8n's error for whatever stopped an item. It is made anew from known texts and never holds the
 * request, so that the key cannot travel with it.
 */
export function toNodeError(error: unknown, place: ErrorContext): NodeFailure {
	if (error instanceof ApiError) return toApiError(error.info, place);
	if (error instanceof InputError) {
		const { message, description } = error;
		return operationError(message, description, place);
	}
	const message = error instanceof Error ? error.message : String(error);
	const described = error as { description?: unknown } | undefined;
	const description = typeof described?.description === 'string' ? described.description : '';
	return operationError(message, description, place);
}

function operationError(message: string, description: string, { node, itemIndex }: ErrorContext) {
	return new NodeOperationError(node, message, { description, itemIndex });
}

function toApiError(info: ApiErrorInfo, { node, itemIndex, model }: ErrorContext): NodeApiError {
	const metadata = [
		model && `Model: ${model}`,
		info.httpStatus && `HTTP status: ${info.httpStatus}`,
		info.requestId && `Request ID: ${info.requestId}`,
	].filter(Boolean);
	const error = new NodeApiError(node, { message: info.message } as JsonObject, {
		message: info.message,
		description: info.description + (metadata.length ? ` (${metadata.join(', ')})` : ''),
		httpCode: info.httpStatus ? String(info.httpStatus) : undefined,
		itemIndex,
	});
	// For some codes n8n puts a generic text in place of the message; the API's own words say more.
	error.message = info.message;
	return error;
}

/**
 * The item that stands for a failed one under both 'Continue' settings: all that is known about the
 * error, under the single key `error`. By that form n8n knows it for a failed item, sends it to the
 * error branch where there is one and adds the input's json; with `item.error` set it would cut the
 * json down to the message (n8n-core, `WorkflowExecute.handleNodeErrorOutput`, `normalizeNodeErrors`).
 */
export function toFailedItem(error: unknown, place: ErrorContext): INodeExecutionData {
	const { message, description } = toNodeError(error, place);
	const info = error instanceof ApiError ? error.info : undefined;
	const metadata: IDataObject = {
		message,
		description,
		httpStatus: info?.httpStatus,
		requestId: info?.requestId,
		model: place.model || undefined,
		...info?.details,
	};
	const known = Object.entries(metadata).filter(
		([, value]) => value !== undefined && value !== null,
	);
	return {
		json: { error: Object.fromEntries(known) as IDataObject },
		pairedItem: { item: place.itemIndex },
	};
}
