import type { IDataObject } from 'n8n-workflow';
import { writeMediaRequest } from '../../shared/request/mediaRequest';
import { readPlacedFiles } from './inputFiles';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import { factsOfFallback } from '../../shared/response/factsOfFallback';
import type { Call, MainTextField } from '../run/operation';

/**
 * Sends the request of an operation that makes or reads media.
 *
 * @returns the answer, and what each item should say of a model that stood in
 */
export async function requestMedia(
	call: Call,
	mainText?: MainTextField,
): Promise<{ response: ApiResponse; facts: IDataObject }> {
	const fields = {
		text: mainText && { ...mainText, value: String(call.field(mainText.name, '') ?? '') },
		files: readPlacedFiles(call),
		modelParameters: call.field<{ value?: unknown }>('modelParameters', {})?.value,
		extraBody: call.field<unknown>('extraBody', ''),
		isFallback: call.fallback !== undefined,
	};
	const schema = await call.requestSchema();
	const { body, droppedParameters } = await writeMediaRequest(call.model, fields, schema);
	return { response: await call.send(body), facts: factsOfFallback(call, droppedParameters) };
}
