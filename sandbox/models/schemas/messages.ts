import type { Schema } from '../../schema/openapi';

const text: Schema = { type: 'string' };
const only = (value: string): Schema => ({ type: 'string', enum: [value] });

const part = (type: string, properties: Record<string, Schema>): Schema => ({
	type: 'object',
	properties: { type: only(type), ...properties },
	required: ['type', ...Object.keys(properties)],
});

const record = (
	required: Record<string, Schema>,
	optional: Record<string, Schema> = {},
): Schema => ({
	type: 'object',
	properties: { ...required, ...optional },
	required: Object.keys(required),
});

export const textPart = part('text', { text });

export const imagePart = part('image_url', {
	image_url: record(
		{ url: { type: 'string', format: 'uri' } },
		{ detail: { type: 'string', enum: ['low', 'high', 'auto'] } },
	),
});

export const filePart = part('file', {
	file: record({}, { file_data: text, file_id: text, filename: text }),
});

export const audioPart = part('input_audio', {
	input_audio: record({ data: text, format: { type: 'string', enum: ['mp3', 'wav'] } }),
});

export const videoPart = part('video_url', {
	video_url: record({ url: { type: 'string', format: 'uri' } }),
});

const textOr = (...parts: Schema[]): Schema => ({
	anyOf: [text, { type: 'array', items: { anyOf: parts } }],
});

const message = (
	role: string,
	required: Record<string, Schema>,
	optional: Record<string, Schema> = {},
): Schema => ({
	...record({ role: only(role), ...required }, { ...optional }),
	additionalProperties: false,
});

export const systemMessage = message('system', { content: textOr(textPart) }, { name: text });
export const developerMessage = message('developer', { content: textOr(textPart) }, { name: text });

/** A user message whose content is text or a list of these parts. */
export const userMessage = (...parts: Schema[]): Schema =>
	message('user', { content: textOr(textPart, ...parts) }, { name: text });

export const toolCalls: Schema = {
	type: 'array',
	items: {
		...record({
			id: text,
			type: only('function'),
			function: { ...record({ name: text, arguments: text }), additionalProperties: false },
		}),
	},
};

const assistantProperties: Record<string, Schema> = {
	content: { ...textOr(textPart), nullable: true },
	name: text,
	refusal: { type: 'string', nullable: true },
	tool_calls: toolCalls,
};

export const assistantMessage = message('assistant', {}, assistantProperties);

/** An assistant message that may hold the reasoning that the model gave with it. */
export const thinkingMessage = message(
	'assistant',
	{},
	{ ...assistantProperties, reasoning_content: text },
);

export const toolMessage = message('tool', { content: text, tool_call_id: text });
export const functionMessage = message('function', { content: text, name: text });

/** The `messages` property for a model that takes these kinds of message. */
export const messagesOf = (...kinds: Schema[]): Schema => ({
	type: 'array',
	items: { oneOf: kinds },
	description: 'The conversation so far.',
});
