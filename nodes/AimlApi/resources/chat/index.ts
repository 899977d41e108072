import type { INodeProperties } from 'n8n-workflow';
import { underRunPolicy } from '../../../shared/run/runPolicy';
import { chatFields } from './chatFields';
import { completeChat } from './completeChat';
import { respondChat } from './respondChat';

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
				routing: {
					request: { method: respondChat.endpoint.method, url: respondChat.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(respondChat) },
				},
			},
			{
				name: 'Message a Model',
				value: 'complete',
				action: 'Message a model',
				description: 'Send messages and files to a chat model and get its answer',
				routing: {
					request: { method: completeChat.endpoint.method, url: completeChat.endpoint.path },
					send: { paginate: true },
					operations: { pagination: underRunPolicy(completeChat) },
				},
			},
		],
		default: 'complete',
	},
	...chatFields,
];
