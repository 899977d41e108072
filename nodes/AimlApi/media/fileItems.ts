import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ApiError } from '../../shared/errors/ApiError';
import { unexpectedResponseError } from '../../shared/transport/apiErrors';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { parseCost } from '../../shared/transport/usage';
import type { ItemContext } from '../run/operation';
import { simplify } from '../run/simplify';
import { toMediaItems } from './mediaItems';
import { bodyAsFile, findOutputFiles, type OutputFile } from './outputFiles';

/**
 * The items of a response: one for each file that its JSON links to or contains, or one for a response
 * that is itself a file.
 *
 * @param metadata further fields of each item
 */
export async function toFileItems(
	context: ItemContext,
	response: ApiResponse,
	metadata: IDataObject,
): Promise<INodeExecutionData[]> {
	const cost = parseCost(response.json, response);
	context.addCost(cost);
	const toItems = async (files: OutputFile[]) =>
		await toMediaItems(context, { files, id: response.requestId ?? '', cost, metadata });
	if (response.json === undefined) return await toItems([bodyAsFile(response)]);
	return await simplify(context, response, async () => {
		const files = findOutputFiles(response.json);
		if (!files.length) throw new ApiError(unexpectedResponseError(response, 'file'));
		return await toItems(files);
	});
}
