import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { ApiError, type ApiErrorInfo } from './ApiError';
import { maskIn, maskSecrets } from '../maskSecrets';

/** What an error belongs to: the node, the item and the requested model. */
export interface ErrorContext {
	node: INode;
	itemIndex: number;
	model: string;
	/** The key and the like, which a host or an answer may repeat. */
	secrets?: readonly string[];
	/** US dollars that the run cost so far, for the error that ends it: what it bought is not handed on. */
	spentUsd?: number;
	/** How many other items of the run wait for an answer, which n8n will not hand on. */
	openItems?: number;
}

export type NodeFailure = NodeApiError | NodeOperationError;

/**
 * Converts any error of an item to n8n's error. It is built from known texts and never holds the
 * request, so it can't leak the key.
 */
export function toNodeError(error: unknown, place: ErrorContext): NodeFailure {
	if (error instanceof ApiError) return toApiError(error.info, place);
	const { message, description } = (error ?? {}) as { message?: unknown; description?: unknown };
	return operationError(
		typeof message === 'string' ? message : String(error),
		typeof description === 'string' ? description : '',
		place,
	);
}

/**
 * Like `toNodeError`, for a declarative node: n8n's routing shows any other class as an error of the
 * service, with the code 'none' (n8n-core, `RoutingNode.runNode`).
 */
export function toRoutingError(error: unknown, place: ErrorContext): NodeApiError {
	const failure = toNodeError(error, place);
	if (failure instanceof NodeApiError) return failure;
	const { message, description } = failure;
	return createApiError(place, {}, { message, description: description ?? '' });
}

function operationError(
	message: string,
	description: string,
	{ node, itemIndex, secrets, spentUsd, openItems }: ErrorContext,
) {
	const told = [spentUsd && describeSpent(spentUsd), openItems && describeOpen(openItems)];
	const known = told.some(Boolean) ? ` (${told.filter(Boolean).join(', ')})` : '';
	return new NodeOperationError(node, maskSecrets(message, secrets), {
		description: maskSecrets(description, secrets) + known,
		itemIndex,
	});
}

const describeSpent = (usd: number): string => `Spent in this run: ${toDollars(usd)}`;

const describeOpen = (items: number): string =>
	`${items} other ${items === 1 ? 'item was' : 'items were'} in progress and may have been charged`;

/** Without the noise of binary fractions. */
const toDollars = (usd: number): string => `$${Number(usd.toPrecision(6))}`;

function toApiError(info: ApiErrorInfo, place: ErrorContext): NodeApiError {
	const { model, secrets, spentUsd, openItems } = place;
	const message = maskSecrets(info.message, secrets);
	const nextStep = maskSecrets(info.description, secrets);
	const metadata = [
		model && `Model: ${model}`,
		info.httpStatus && `HTTP status: ${info.httpStatus}`,
		info.requestId && `Request ID: ${info.requestId}`,
		spentUsd ? describeSpent(spentUsd) : info.cost && `Cost: ${toDollars(info.cost.usd)}`,
		openItems && describeOpen(openItems),
	].filter(Boolean);
	return createApiError(
		place,
		{ message },
		{
			message,
			description: nextStep + (metadata.length ? ` (${metadata.join(', ')})` : ''),
			httpCode: info.httpStatus ? String(info.httpStatus) : undefined,
		},
	);
}

/** n8n replaces the message with a generic one for some codes, or without one; this keeps it. */
function createApiError(
	{ node, itemIndex }: ErrorContext,
	response: JsonObject,
	texts: { message: string; description: string; httpCode?: string },
): NodeApiError {
	const error = new NodeApiError(node, response, { ...texts, itemIndex });
	error.message = texts.message;
	return error;
}

/**
 * The output for a failed item under both 'Continue' settings: everything known about the error, under
 * the single key `error`. n8n recognizes this shape as a failed item, sends it to the error branch if
 * there is one and adds the input's json. With `item.error` set, it would reduce the json to the
 * message (n8n-core, `WorkflowExecute.handleNodeErrorOutput`, `normalizeNodeErrors`).
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
		...(maskIn(info?.details, place.secrets ?? []) as IDataObject | undefined),
		...(info?.cost && { cost: info.cost }),
	};
	const known = Object.entries(metadata).filter(
		([, value]) => value !== undefined && value !== null,
	);
	return {
		json: { error: Object.fromEntries(known) as IDataObject },
		pairedItem: { item: place.itemIndex },
	};
}
