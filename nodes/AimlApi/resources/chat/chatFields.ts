import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { attachmentsField } from '../../descriptions/files';
import { messagesField } from '../../descriptions/messages';
import { modelField } from '../../../shared/descriptions/model';
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
} from '../../../shared/descriptions/options';
import { responseFormatFields } from '../../../shared/descriptions/responseFormat';

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
