import type { Schema } from '../../schema/openapi';

const text: Schema = { type: 'string' };
const only = (...values: string[]): Schema => ({ type: 'string', enum: values });

const part = (
	type: string,
	required: Record<string, Schema>,
	optional: Record<string, Schema> = {},
): Schema => ({
	type: 'object',
	properties: { type: only(type), ...required, ...optional },
	required: ['type', ...Object.keys(required)],
});

const inputMessage: Schema = {
	type: 'object',
	properties: {
		type: only('message'),
		role: only('user', 'assistant', 'system', 'developer'),
		content: {
			anyOf: [
				text,
				{
					type: 'array',
					items: {
						anyOf: [
							part('input_text', { text }),
							part('output_text', { text }, { annotations: { type: 'array', items: {} } }),
							part(
								'input_image',
								{},
								{ image_url: { ...text, nullable: true }, detail: only('low', 'high', 'auto') },
							),
							part('input_file', {}, { file_data: text, file_id: text, filename: text }),
						],
					},
				},
			],
		},
	},
	required: ['role', 'content'],
};

/** `input`: one text, or a list of items. */
export const responseInput: Schema = {
	anyOf: [
		text,
		{
			type: 'array',
			items: {
				anyOf: [
					inputMessage,
					part('function_call', { call_id: text, name: text, arguments: text }, { id: text }),
					part('function_call_output', { call_id: text, output: text }),
					part('reasoning', { id: text, summary: { type: 'array', items: {} } }),
				],
			},
		},
	],
	description: 'What is said to the model.',
};

export const responseText: Schema = {
	type: 'object',
	properties: {
		format: {
			oneOf: [
				part('text', {}),
				part('json_object', {}),
				part(
					'json_schema',
					{ name: text, schema: { type: 'object', additionalProperties: { nullable: true } } },
					{ strict: { type: 'boolean', nullable: true }, description: text },
				),
			],
		},
	},
};

export const responseTools: Schema = {
	type: 'array',
	items: {
		oneOf: [
			part(
				'function',
				{
					name: text,
					parameters: { type: 'object', additionalProperties: { nullable: true } },
					strict: { type: 'boolean' },
				},
				{ description: text },
			),
			part('web_search_preview', {}, { search_context_size: only('low', 'medium', 'high') }),
		],
	},
};

export const responseToolChoice: Schema = {
	anyOf: [only('none', 'auto', 'required'), part('function', { name: text })],
};
