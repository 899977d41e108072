import type { INodeProperties } from 'n8n-workflow';
import { routeTo } from '../../properties';
import { chatFields } from './chat';
import { completeChat } from './complete.operation';
import { respondChat } from './respond.operation';

export const chatDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['chat'] } },
		options: [
			{
				name: 'Generate a Model Response',
				value: 'respond',
				action: 'Generate a model response',
				description: 'Ask by the Responses API, where a few models are to be had alone',
				routing: routeTo(respondChat),
			},
			{
				name: 'Message a Model',
				value: 'complete',
				action: 'Message a model',
				description: 'Send messages and files to a chat model and get its answer',
				routing: routeTo(completeChat),
			},
		],
		default: 'complete',
	},
	...chatFields,
];
