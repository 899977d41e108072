import type { INodeProperties } from 'n8n-workflow';
import { underRunPolicy } from '../../../shared/run/runPolicy';
import { completeFields } from './complete';
import { completeChat } from './completeChat';

export const chatDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['chat'] } },
		options: [
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
	...completeFields,
];
