import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { chatFields } from './chat';
import { complete } from './complete.operation';
import { respond } from './respond.operation';

export const chatDescription: ResourceDescription = {
	resource: 'chat',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Message a Model',
				value: 'complete',
				action: 'Message a model',
				description: 'Send messages and files to a chat model and get its response',
				routing: toRouting(complete, chatFields),
			},
			{
				name: 'Message a Model (Responses API)',
				value: 'respond',
				action: 'Message a model via the responses endpoint',
				description: 'Use the Responses API. Some models are only available here.',
				routing: toRouting(respond, chatFields),
			},
		],
		default: 'complete',
	},
	fields: { complete: chatFields, respond: chatFields },
};
