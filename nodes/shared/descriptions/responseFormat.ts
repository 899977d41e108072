import type { INodeProperties } from 'n8n-workflow';

/** The format of a chat answer; see `toResponseFormat`. */
export const responseFormatFields: INodeProperties[] = [
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		default: 'text',
		description: 'The format of the response. JSON is also returned parsed, as a field of its own.',
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
		description: 'How to define the fields of the response',
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
		description: 'An example of the response you want. Its fields and types become the schema.',
	},
	{
		displayName: 'JSON Schema',
		name: 'inputSchema',
		type: 'json',
		default:
			'{\n\t"type": "object",\n\t"properties": {\n\t\t"category": { "type": "string", "enum": ["billing", "technical", "sales"] }\n\t},\n\t"required": ["category"],\n\t"additionalProperties": false\n}',
		displayOptions: { show: { responseFormat: ['json_schema'], schemaType: ['manual'] } },
		description: 'The JSON Schema that the response must follow',
	},
];
