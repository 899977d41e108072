import type { Schema } from '../../schema/openapi';

/** The `model` property: the id and the other names that the model answers to. */
export const modelId = (...ids: string[]): Schema => ({ type: 'string', enum: ids });

export const maxTokens: Schema = {
	type: 'number',
	minimum: 1,
	description: 'The most tokens that the answer may have.',
};

export const maxCompletionTokens: Schema = {
	type: 'integer',
	minimum: 1,
	description: 'The most tokens that the answer may have, reasoning included.',
};

export const stream: Schema = {
	type: 'boolean',
	default: false,
	description: 'Send the answer in parts while it is made.',
};

export const streamOptions: Schema = {
	type: 'object',
	properties: { include_usage: { type: 'boolean' } },
	required: ['include_usage'],
};

export const temperature: Schema = {
	type: 'number',
	minimum: 0,
	maximum: 2,
	description: 'Higher is more varied, lower is more focused. Change this or top_p, not both.',
};

export const topP: Schema = {
	type: 'number',
	minimum: 0.01,
	maximum: 1,
	description: 'Share of the probability mass that tokens are picked from.',
};

/** For `frequency_penalty` and `presence_penalty`. */
export const penalty: Schema = { type: 'number', nullable: true, minimum: -2, maximum: 2 };

export const logitBias: Schema = {
	type: 'object',
	nullable: true,
	additionalProperties: { type: 'number', minimum: -100, maximum: 100 },
};

export const seed: Schema = { type: 'integer', minimum: 1 };

export const stop: Schema = {
	anyOf: [
		{ type: 'string' },
		{ type: 'array', items: { type: 'string' }, maxItems: 4 },
		{ nullable: true },
	],
	description: 'Up to four texts at which the answer ends.',
};

const functionOf = (more: Record<string, Schema>, required: string[]): Schema => ({
	type: 'object',
	properties: {
		name: { type: 'string' },
		description: { type: 'string' },
		parameters: { type: 'object', additionalProperties: { nullable: true } },
		...more,
	},
	required,
	additionalProperties: false,
});

const toolsOf = (definition: Schema): Schema => ({
	type: 'array',
	maxItems: 128,
	items: {
		type: 'object',
		properties: { type: { type: 'string', enum: ['function'] }, function: definition },
		required: ['type', 'function'],
	},
});

export const tools = toolsOf(
	functionOf({ strict: { type: 'boolean', nullable: true } }, ['name', 'parameters']),
);

/** Snapshots of the first generation want a description and know no `strict`. */
export const earlyTools = toolsOf(functionOf({}, ['name', 'description']));

export const toolChoice: Schema = {
	anyOf: [
		{ type: 'string', enum: ['none', 'auto', 'required'] },
		{
			type: 'object',
			properties: {
				type: { type: 'string', enum: ['function'] },
				function: {
					type: 'object',
					properties: { name: { type: 'string' } },
					required: ['name'],
				},
			},
			required: ['type', 'function'],
		},
	],
};

const formatOf = (type: string, more: Record<string, Schema> = {}): Schema => ({
	type: 'object',
	properties: { type: { type: 'string', enum: [type] }, ...more },
	required: ['type', ...Object.keys(more)],
	additionalProperties: false,
});

export const responseFormat: Schema = {
	oneOf: [
		formatOf('text'),
		formatOf('json_object'),
		formatOf('json_schema', {
			json_schema: {
				type: 'object',
				properties: {
					name: { type: 'string' },
					description: { type: 'string' },
					schema: { type: 'object', additionalProperties: { nullable: true } },
					strict: { type: 'boolean', nullable: true },
				},
				required: ['name'],
			},
		}),
	],
};

export const reasoningEffort: Schema = {
	type: 'string',
	enum: ['low', 'medium', 'high'],
	description: 'How much to think before the answer.',
};
