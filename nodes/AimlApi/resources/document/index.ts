import type { ResourceDescription } from '../../descriptions/nodeProperties';
import { toRouting } from '../../run/routing';
import { extractText, extractTextFields } from './extractText.operation';

export const documentDescription: ResourceDescription = {
	resource: 'document',
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Extract Text',
				value: 'extractText',
				action: 'Extract text from a document',
				description: 'Extract the text of a PDF or image as Markdown',
				routing: toRouting(extractText, extractTextFields),
			},
		],
		default: 'extractText',
	},
	fields: { extractText: extractTextFields },
};
