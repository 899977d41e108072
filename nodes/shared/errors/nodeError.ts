import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { CallFailure, type Fault } from './ApiError';
import { InputError } from './InputError';

/** Where an error belongs: the node, the item it failed for, and the model that was asked. */
export interface ErrorPlace {
	node: INode;
	itemIndex: number;
	model: string;
}

export type NodeFailure = NodeApiError | NodeOperationError;

/**
 * n8n's error for whatever stopped an item. It is made anew from known texts and never holds the
 * request, so that the key cannot travel with it.
 */
export function toNodeError(error: unknown, place: ErrorPlace): NodeFailure {
	if (error instanceof CallFailure) return toApiError(error.fault, place);
	if (error instanceof InputError) {
		const { message, description } = error;
		return operationError(message, description, place);
	}
	const message = error instanceof Error ? error.message : String(error);
	const described = error as { description?: unknown } | undefined;
	const description = typeof described?.description === 'string' ? described.description : '';
	return operationError(message, description, place);
}

function operationError(message: string, description: string, { node, itemIndex }: ErrorPlace) {
	return new NodeOperationError(node, message, { description, itemIndex });
}

function toApiError(fault: Fault, { node, itemIndex, model }: ErrorPlace): NodeApiError {
	const facts = [
		model && `Model: ${model}`,
		fault.httpStatus && `HTTP status: ${fault.httpStatus}`,
		fault.requestId && `Request ID: ${fault.requestId}`,
	].filter(Boolean);
	const error = new NodeApiError(node, { message: fault.message } as JsonObject, {
		message: fault.message,
		description: fault.description + (facts.length ? ` (${facts.join(', ')})` : ''),
		httpCode: fault.httpStatus ? String(fault.httpStatus) : undefined,
		itemIndex,
	});
	// For some codes n8n puts a generic text in place of the message; the API's own words say more.
	error.message = fault.message;
	return error;
}

/**
 * The item that stands for a failed one under both 'Continue' settings: all that is known about the
 * error, under the single key `error`. By that form n8n knows it for a failed item, sends it to the
 * error branch where there is one and adds the input's json; with `item.error` set it would cut the
 * json down to the message (n8n-core, `WorkflowExecute.handleNodeErrorOutput`, `normalizeNodeErrors`).
 */
export function toFailedItem(error: unknown, place: ErrorPlace): INodeExecutionData {
	const { message, description } = toNodeError(error, place);
	const fault = error instanceof CallFailure ? error.fault : undefined;
	const facts: IDataObject = {
		message,
		description,
		httpStatus: fault?.httpStatus,
		requestId: fault?.requestId,
		model: place.model || undefined,
		...fault?.details,
	};
	const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== null);
	return {
		json: { error: Object.fromEntries(known) as IDataObject },
		pairedItem: { item: place.itemIndex },
	};
}
