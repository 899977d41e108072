type Body = Record<string, unknown>;

const PART_TYPES: Record<string, string> = {
	input_text: 'text',
	output_text: 'text',
	input_image: 'image_url',
	input_file: 'file',
	input_audio: 'input_audio',
};

/** Converts a request to /v1/responses to the equivalent chat request. */
export function asChatBody({ input, instructions, text, max_output_tokens, ...rest }: Body): Body {
	const system = instructions ? [{ role: 'system', content: instructions }] : [];
	return {
		...rest,
		messages: [...system, ...messagesIn(input)],
		response_format: asResponseFormat((text as Body | undefined)?.format),
		max_completion_tokens: max_output_tokens,
	};
}

function messagesIn(input: unknown): Body[] {
	if (!Array.isArray(input)) return [{ role: 'user', content: String(input) }];
	return (input as Body[]).flatMap(asMessage);
}

/** Converts an item to messages; items without text, e.g. reasoning, are left out. */
function asMessage({ type, role, content, output }: Body): Body[] {
	if (type === 'function_call_output') return [{ role: 'tool', content: String(output) }];
	if (typeof role !== 'string') return [];
	if (!Array.isArray(content)) return [{ role, content }];
	const parts = (content as Body[]).map((part) => ({
		...part,
		type: PART_TYPES[String(part.type)] ?? part.type,
	}));
	return [{ role, content: parts }];
}

function asResponseFormat(format: unknown): Body {
	const { type = 'text', name, schema } = { ...(format as Body) };
	return type === 'json_schema' ? { type, json_schema: { name, schema } } : { type };
}
