import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { getMovedField, type ItemContext } from './operation';

/** Whether 'Simplify' is on for the item. */
export const isSimplified = (context: ItemContext): boolean =>
	getMovedField(context, 'simplify', true);

/** The items that `toItems` makes of a response, or its JSON body as one item without 'Simplify'. */
export async function simplify(
	context: ItemContext,
	{ json }: ApiResponse,
	toItems: () => INodeExecutionData[] | Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	return isSimplified(context) ? await toItems() : [{ json: json as IDataObject }];
}
