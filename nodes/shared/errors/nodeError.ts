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
	/** The key and passwords, which a host or a response may repeat. */
	secrets?: readonly string[];
	/** US dollars that the run has cost, for the error that ends it: n8n drops what was paid for. */
	spentUsd?: number;
	/** How many other items of the run were in progress, whose responses n8n will drop. */
	openItems?: number;
}

export type NodeFailure = NodeApiError | NodeOperationError;

/**
 * Converts any error of an item to n8n's error. It consists of known texts and never contains the request,
 * so it can't leak the key.
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

function operationError(message: string, description: string, place: ErrorContext) {
	const { node, itemIndex, secrets } = place;
	return new NodeOperationError(node, maskSecrets(message, secrets), {
		description: maskSecrets(description, secrets) + inParentheses(describeRun(place)),
		itemIndex,
	});
}

/** What the run has cost, and may yet cost. */
const describeRun = ({ spentUsd, openItems }: ErrorContext) => [
	spentUsd && `Spent in this run: ${toDollars(spentUsd)}`,
	openItems &&
		`${openItems} other ${openItems === 1 ? 'item was' : 'items were'} in progress and may have been charged`,
];

/** @returns '' if no part is set */
function inParentheses(parts: Array<string | number | undefined>): string {
	const known = parts.filter(Boolean);
	return known.length ? ` (${known.join(', ')})` : '';
}

/** Without the noise of binary fractions. */
export const toDollars = (usd: number): string => `$${Number(usd.toPrecision(6))}`;

function toApiError(info: ApiErrorInfo, place: ErrorContext): NodeApiError {
	const { model, secrets, spentUsd } = place;
	const message = maskSecrets(info.message, secrets);
	const metadata = [
		model && `Model: ${model}`,
		info.httpStatus && `HTTP status: ${info.httpStatus}`,
		info.requestId && `Request ID: ${info.requestId}`,
		spentUsd ? undefined : info.cost && `Cost: ${toDollars(info.cost.usd)}`,
		...describeRun(place),
	];
	const description = maskSecrets(info.description, secrets) + inParentheses(metadata);
	const httpCode = info.httpStatus ? String(info.httpStatus) : undefined;
	return createApiError(place, { message }, { message, description, httpCode });
}

/** Keeps the message, which n8n replaces with a generic one for some codes, or if there is none. */
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
 * the single key `error`. n8n recognizes this form, sends the item to the error branch if there is one and
 * adds the input's JSON. With `item.error` set, it would reduce the JSON to the message (n8n-core,
 * `WorkflowExecute.handleNodeErrorOutput`, `normalizeNodeErrors`).
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
