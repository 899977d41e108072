import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { attachmentsField } from '../../../shared/fields/files';
import { messagesField } from '../../../shared/fields/messages';
import { modelField } from '../../../shared/fields/model';
import { extraBodyField, modelParametersField } from '../../../shared/fields/modelParameters';
import {
	costLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	maxRetriesOption,
	modelOptionsField,
	requestIdOption,
	simplifyField,
	timeoutOption,
} from '../../../shared/fields/options';
import { responseFormatFields } from '../../../shared/fields/responseFormat';

const properties: INodeProperties[] = [
	modelField,
	messagesField,
	attachmentsField,
	...responseFormatFields,
	modelParametersField,
	extraBodyField,
	simplifyField,
	{
		...modelOptionsField,
		options: [
			costLimitOption,
			fallbackModelsOption,
			itemsInParallelOption,
			maxRetriesOption,
			{
				displayName: 'Repair Invalid JSON',
				name: 'repairJson',
				type: 'boolean',
				default: true,
				displayOptions: { show: { '/responseFormat': ['json_object', 'json_schema'] } },
				description:
					'Whether to send an answer that is not the JSON asked for back to the model once. This second call is paid for too.',
			},
			requestIdOption,
			timeoutOption,
		],
	},
];

/** Fields of both chat operations; what they mean for the request stands in `answerChat`. */
export const chatFields = updateDisplayOptions(
	{ show: { resource: ['chat'], operation: ['complete', 'respond'] } },
	properties,
);
