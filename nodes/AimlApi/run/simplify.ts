import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ApiError } from '../../shared/errors/ApiError';
import { unexpectedResponseError } from '../../shared/transport/apiErrors';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { getMovedField, type ItemContext } from './operation';

/** Whether 'Simplify' is on for the item. */
export const isSimplified = (context: ItemContext): boolean =>
	getMovedField(context, 'simplify', true);

/**
 * The items that `toItems` makes of a response, or its JSON body as one item without 'Simplify'. A file has
 * no JSON body.
 */
export async function simplify(
	context: ItemContext,
	response: ApiResponse,
	toItems: () => INodeExecutionData[] | Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const isJson = response.json !== undefined;
	return isSimplified(context) || !isJson ? await toItems() : [toRawItem(response)];
}

/** The JSON body as an item. @throws ApiError if it can't be one, e.g. `null` */
export function toRawItem(response: ApiResponse): INodeExecutionData {
	const { json } = response;
	if (typeof json === 'object' && json !== null) return { json: json as IDataObject };
	throw new ApiError(unexpectedResponseError(response, 'JSON object'));
}
