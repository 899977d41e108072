import type { IDataObject } from 'n8n-workflow';
import { writeMediaRequest } from '../../../shared/request/mediaRequest';
import { readPlacedFiles } from '../../../shared/request/readFiles';
import type { ApiResponse } from '../../../shared/run/apiResponse';
import type { Call } from '../../../shared/run/operation';

/**
 * Sends the request of an operation that makes media.
 *
 * @param textProperty body property that the operation's main text fills, named like its field
 * @returns the answer, and what each item should say of a model that stood in
 */
export async function requestMedia(
	call: Call,
	textProperty: string,
): Promise<{ response: ApiResponse; facts: IDataObject }> {
	const fields = {
		text: { property: textProperty, value: String(call.field(textProperty, '') ?? '') },
		files: readPlacedFiles(call),
		modelParameters: call.field<{ value?: unknown }>('modelParameters', {})?.value,
		extraBody: call.field<unknown>('extraBody', ''),
		isFallback: call.fallback !== undefined,
	};
	const schema = await call.requestSchema();
	const { body, droppedParameters } = await writeMediaRequest(call.model, fields, schema);
	const facts: IDataObject = call.fallback
		? { fallback: { ...call.fallback, droppedParameters } }
		: {};
	return { response: await call.send(body), facts };
}
