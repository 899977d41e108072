import type { INodeProperties } from 'n8n-workflow';

const sourceFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		default: 'binary',
		options: [
			{ name: 'Binary File', value: 'binary', description: 'A file of the input item' },
			{ name: 'URL', value: 'url', description: 'A file on the web' },
		],
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		displayOptions: { show: { source: ['binary'] } },
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the binary file data to be sent',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		displayOptions: { show: { source: ['url'] } },
		placeholder: 'e.g. https://example.com/photo.jpg',
		description:
			'What kind of file it is, is told by its ending. Without a known ending it is taken for an image.',
	},
];

/** Files that go along with a chat message. */
export const attachmentsField: INodeProperties = {
	displayName: 'Attachments',
	name: 'attachments',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Attachment',
	default: {},
	description:
		'Images, PDF, audio or video to send with the last user message, as far as the model takes them',
	options: [{ displayName: 'Attachment', name: 'values', values: sourceFields }],
};

/** Files that fill body properties of the model. */
export const filesField: INodeProperties = {
	displayName: 'Files',
	name: 'files',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add File',
	default: {},
	description: 'Images, videos or sound for the model to work on, as far as it takes them',
	options: [
		{
			displayName: 'File',
			name: 'values',
			values: [
				...sourceFields,
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
						'Which parameter of the model the file is for. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
			],
		},
	],
};
