import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { PromptField } from '../../shared/parameters/modelForm';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { ItemContext, Operation } from '../run/operation';
import { sendMediaRequest } from './mediaRequest';

/** What differs between the operations that generate or read media. */
interface MediaOperation extends Pick<Operation, 'endpoint' | 'startsPaidJob' | 'acceptsAnyBody'> {
	/** The field for the main text; absent if the operation only uses files. */
	prompt?: PromptField;
	/** Parameters that most models support, offered when a model's schema can't be loaded. */
	defaults: ObjectSchema['properties'];
	/** @param metadata further fields of each item */
	toItems(
		context: ItemContext,
		response: ApiResponse,
		metadata: IDataObject,
	): Promise<INodeExecutionData[]>;
}

/** An operation that sends a prompt, files and parameters, and turns files or a job into items. */
export function mediaOperation(operation: MediaOperation): Operation {
	const { prompt, defaults, toItems, ...rest } = operation;
	return {
		...rest,
		modelForm: {
			excludedProperties: ['model'],
			hasFiles: true,
			prompt,
			defaultSchema: { type: 'object', required: [], properties: defaults },
		},
		async execute(context) {
			const { response, metadata } = await sendMediaRequest(context, prompt);
			return await toItems(context, response, metadata);
		},
	};
}
