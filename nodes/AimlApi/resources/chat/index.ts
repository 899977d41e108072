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
				name: 'Generate a Model Response',
				value: 'respond',
				action: 'Generate a model response',
				description: 'Ask by the Responses API, where a few models are to be had alone',
				routing: toRouting(respond, chatFields),
			},
			{
				name: 'Message a Model',
				value: 'complete',
				action: 'Message a model',
				description: 'Send messages and files to a chat model and get its answer',
				routing: toRouting(complete, chatFields),
			},
		],
		default: 'complete',
	},
	fields: { complete: chatFields, respond: chatFields },
};
