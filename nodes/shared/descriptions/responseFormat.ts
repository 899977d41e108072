import type { INodeProperties } from 'n8n-workflow';

/** What a chat answer should be; what the values mean stands in `toResponseFormat`. */
export const responseFormatFields: INodeProperties[] = [
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		default: 'text',
		description: 'What the answer should be. A JSON answer arrives parsed, beside its text.',
		options: [
			{ name: 'JSON Object', value: 'json_object', description: 'Any JSON object' },
			{ name: 'JSON Schema', value: 'json_schema', description: 'JSON with fields you define' },
			{ name: 'Text', value: 'text' },
		],
	},
	{
		displayName: 'Schema Type',
		name: 'schemaType',
		type: 'options',
		default: 'fromJson',
		displayOptions: { show: { responseFormat: ['json_schema'] } },
		description: 'How to say which fields the answer has',
		options: [
			{
				name: 'Define Using JSON Schema',
				value: 'manual',
				description: 'Write the schema yourself',
			},
			{
				name: 'Generate From JSON Example',
				value: 'fromJson',
				description: 'Every field of the example is required',
			},
		],
	},
	{
		displayName: 'JSON Example',
		name: 'jsonSchemaExample',
		type: 'json',
		default: '{\n\t"category": "billing",\n\t"urgent": true\n}',
		displayOptions: { show: { responseFormat: ['json_schema'], schemaType: ['fromJson'] } },
		description: 'An answer as you want it. The types of its fields are taken over.',
	},
	{
		displayName: 'JSON Schema',
		name: 'inputSchema',
		type: 'json',
		default:
			'{\n\t"type": "object",\n\t"properties": {\n\t\t"category": { "type": "string", "enum": ["billing", "technical", "sales"] }\n\t},\n\t"required": ["category"],\n\t"additionalProperties": false\n}',
		displayOptions: { show: { responseFormat: ['json_schema'], schemaType: ['manual'] } },
		description: 'JSON Schema that the answer has to follow',
	},
];
