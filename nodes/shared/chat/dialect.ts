import { alternatives, type JsonSchema, type ObjectSchema } from '../schema/jsonSchema';
import { toInputItems } from './responsesInput';
import type { PlacedMessages } from './systemMessages';

type Json = Record<string, unknown>;

/** What differs on the wire between the two chat endpoints. */
export interface ChatDialect {
	/** The body property that holds the conversation, a list. */
	conversation: 'messages' | 'input';
	/** What the model documents for the format of its answer. */
	formatSchema(schema: ObjectSchema): JsonSchema | undefined;
	/** The part of the body that has the answer come in events. */
	askForEvents(schema: ObjectSchema | undefined): Json;
	/** The format of the answer, from the form that chat completions have it in. */
	writeFormat(format: Json): Json;
	/** The part of the body that says what is asked, and in which format the answer should be. */
	writeBody(placed: PlacedMessages, format: Json | undefined): Json;
}

export const completionsDialect: ChatDialect = {
	conversation: 'messages',
	formatSchema: ({ properties }) => properties.response_format,
	// Streams tell what they used up only where that is asked for.
	askForEvents: (schema) => ({
		stream: true,
		...(schema?.properties.stream_options && { stream_options: { include_usage: true } }),
	}),
	writeFormat: (format) => format,
	writeBody: (placed, format) => ({ ...placed, ...(format && { response_format: format }) }),
};

export const responsesDialect: ChatDialect = {
	conversation: 'input',
	formatSchema: ({ properties }) =>
		alternatives(properties.text ?? {}).find((form) => form.properties?.format)?.properties?.format,
	askForEvents: () => ({ stream: true }),
	writeFormat: ({ type, json_schema: schema }) => ({ type, ...(schema as Json | undefined) }),
	writeBody: ({ messages, system }, format) => ({
		input: toInputItems(messages),
		...(system !== undefined && { instructions: system }),
		...(format && { text: { format } }),
	}),
};
