import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { PromptField } from '../../shared/parameters/modelForm';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { ItemContext, Operation } from '../run/operation';
import { sendMediaRequest } from './mediaRequest';

/** What tells an operation that makes or reads media from the others. */
interface MediaOperation extends Pick<Operation, 'endpoint' | 'startsPaidJob' | 'acceptsAnyBody'> {
	/** The field for the main text; none where files alone are worked on. */
	prompt?: PromptField;
	/** Parameters that most models take, offered when a model's own schema can't be loaded. */
	defaults: ObjectSchema['properties'];
	/** @param metadata what each item should say besides */
	toItems(
		context: ItemContext,
		response: ApiResponse,
		metadata: IDataObject,
	): Promise<INodeExecutionData[]>;
}

/** An operation that sends a model, a prompt, files and parameters, and turns files or a job into items. */
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
