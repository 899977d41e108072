import type { INodeProperties } from 'n8n-workflow';

/** The messages of a chat. */
export const messagesField: INodeProperties = {
	displayName: 'Messages',
	name: 'messages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Message',
	default: { values: [{ role: 'user', content: '' }] },
	// For 'Create a Batch'. A second field of this name would cost every chat item evaluations; see `nodeProperties`.
	displayOptions: { hide: { requestsFrom: ['list'] } },
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
							description: 'An earlier response of the model',
						},
						{ name: 'System', value: 'system', description: 'How the model should behave' },
						{ name: 'Tool', value: 'tool', description: 'The result of a tool call' },
						{ name: 'User', value: 'user', description: 'A question or instruction' },
					],
				},
				{
					displayName: 'Content',
					name: 'content',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					placeholder: 'e.g. Summarize this article: {{ $json.text }}',
					description:
						'The text of the message. An expression can also return content parts, or a chat history that replaces this message.',
				},
				{
					displayName: 'Tool Call ID',
					name: 'toolCallId',
					type: 'string',
					default: '',
					displayOptions: { show: { role: ['tool'] } },
					description: 'The ID of the tool call that this is the result of',
				},
			],
		},
	],
};
