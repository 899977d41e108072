import type { INodeProperties } from 'n8n-workflow';
import { toOlderField } from '../../shared/descriptions/olderField';

const createSourceFields = (urlDescription: string): INodeProperties[] => [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		typeOptions: { showEvenWhenOptional: true },
		default: 'binary',
		options: [
			{ name: 'Binary File', value: 'binary', description: 'A file from the input item' },
			{ name: 'URL', value: 'url', description: 'A file on the web' },
		],
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		typeOptions: { showEvenWhenOptional: true },
		default: 'data',
		displayOptions: { show: { source: ['binary'] } },
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the binary file data to be sent',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		typeOptions: { showEvenWhenOptional: true },
		default: '',
		displayOptions: { show: { source: ['url'] } },
		placeholder: 'e.g. https://example.com/photo.jpg',
		description: urlDescription,
	},
];

/** Files to send with a chat message. */
export const attachmentsOption: INodeProperties = {
	displayName: 'Attachments',
	name: 'attachments',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Attachment',
	default: {},
	description:
		'Images, PDFs, audio or video to send with the last user message, if the model supports them',
	options: [
		{
			displayName: 'Attachment',
			name: 'values',
			values: createSourceFields(
				'The file type is detected from the extension. Without one, the file is treated as an image.',
			),
		},
	],
};

/** n8n checks the second field's condition only against one of a simple type: the hidden one of its name. */
export const attachmentsFields: INodeProperties[] = [
	{ displayName: 'Attachments', name: 'attachments', type: 'hidden', default: {} },
	toOlderField(attachmentsOption),
];

/** Files for parameters of the model. */
export const filesField: INodeProperties = {
	displayName: 'Files',
	name: 'files',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true, hideOptionalFields: true },
	placeholder: 'Add File',
	default: {},
	description: 'Images, videos or audio for the model to use, if it supports them',
	options: [
		{
			displayName: 'File',
			name: 'values',
			values: [
				...createSourceFields('The file type is detected from the extension.'),
				{
					displayName: 'Parameter Name or ID',
					name: 'parameter',
					type: 'options',
					typeOptions: {
						loadOptionsMethod: 'getFileParameters',
						loadOptionsDependsOn: ['model.value', 'resource', 'operation'],
					},
					default: '',
					description:
						'The model parameter that gets the file. Only needed if the model supports several files. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
			],
		},
	],
};

/** 'Files' of an operation that reads a file, by default the one of the item. */
export const fileToReadField: INodeProperties = {
	...filesField,
	default: { values: [{ source: 'binary', binaryPropertyName: 'data', url: '', parameter: '' }] },
};
