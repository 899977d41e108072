import type { INodeProperties } from 'n8n-workflow';
import { toRouting } from '../../properties';
import { extractText, extractTextFields } from './extractText.operation';

export const documentDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['document'] } },
		options: [
			{
				name: 'Extract Text',
				value: 'extractText',
				action: 'Extract text from a document',
				description: 'Read a PDF or an image as Markdown',
				routing: toRouting(extractText, extractTextFields),
			},
		],
		default: 'extractText',
	},
	...extractTextFields,
];
