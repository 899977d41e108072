import type { INodeProperties } from 'n8n-workflow';

/** The messages of a chat, by role. */
export const messagesField: INodeProperties = {
	displayName: 'Messages',
	name: 'messages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Message',
	default: { values: [{ role: 'user', content: '' }] },
	description:
		"The conversation so far. For a chat history, enter an expression in 'Content' that returns a list of messages.",
	options: [
		{
			displayName: 'Message',
			name: 'values',
			values: [
				{
					displayName: 'Role',
					name: 'role',
					type: 'options',
					default: 'user',
					description: 'Who the message is from',
					options: [
						{
							name: 'Assistant',
							value: 'assistant',
							description: 'An earlier answer of the model',
						},
						{ name: 'System', value: 'system', description: 'How the model should behave' },
						{ name: 'Tool', value: 'tool', description: 'The result of a tool call' },
						{ name: 'User', value: 'user', description: 'What you ask' },
					],
				},
				{
					displayName: 'Content',
					name: 'content',
					type: 'string',
					typeOptions: { rows: 4 },
					default: '',
					placeholder: 'e.g. Summarize this article: {{ $json.text }}',
					description:
						'Text; by expression also a list of content parts, or a list of messages with role and content (a chat history), which takes the place of this entry',
				},
				{
					displayName: 'Tool Call ID',
					name: 'toolCallId',
					type: 'string',
					default: '',
					displayOptions: { show: { role: ['tool'] } },
					description: 'ID of the tool call that this is the result of',
				},
			],
		},
	],
};
