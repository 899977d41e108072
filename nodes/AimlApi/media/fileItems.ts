import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { CallFailure } from '../../shared/errors/ApiError';
import { readUnknownAnswer } from '../../shared/transport/apiErrors';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { readCost } from '../../shared/transport/usage';
import type { Call } from '../run/operation';
import { toMediaItems } from './mediaItems';
import { findFiles, type FoundFile } from './outputFiles';

/**
 * The items of an answer that names its files or has them in it: one for each. An answer that is
 * itself a file comes out as that; one in JSON, without 'Simplify', as it is.
 *
 * @param facts what each item should say besides
 */
export async function toFileItems(
	call: Call,
	response: ApiResponse,
	facts: IDataObject,
): Promise<INodeExecutionData[]> {
	const cost = readCost(response.json, response);
	call.book(cost);
	const isJson = response.json !== undefined;
	if (isJson && !call.field('simplify', true)) return [{ json: response.json as IDataObject }];
	const files = isJson ? findFiles(response.json) : [wholeBody(response)];
	if (!files.length) throw new CallFailure(readUnknownAnswer(response, 'file'));
	return await toMediaItems(call, { files, id: response.requestId ?? '', cost, facts });
}

const wholeBody = (response: ApiResponse): FoundFile => ({
	bytes: response.bytes,
	mimeType: response.header('content-type')?.split(';')[0].trim(),
});
