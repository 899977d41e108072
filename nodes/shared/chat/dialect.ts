import type { Json } from '../json';
import { alternatives, type JsonSchema, type ObjectSchema } from '../schema/jsonSchema';
import { toInputItems } from './responsesInput';
import type { PlacedMessages } from './systemMessages';

/** What differs between the requests of the two chat endpoints. */
export interface ChatDialect {
	/** The body property with the list of messages. */
	conversation: 'messages' | 'input';
	/** The model's schema of the response format. */
	formatSchema(schema: ObjectSchema): JsonSchema | undefined;
	/** The body properties that request a stream. */
	askForEvents(schema: ObjectSchema | undefined): Json;
	/** Converts a response format from the form of chat completions. */
	writeFormat(format: Json): Json;
	/** The body properties for the messages and the response format. */
	writeBody(placed: PlacedMessages, format: Json | undefined): Json;
}

export const completionsDialect: ChatDialect = {
	conversation: 'messages',
	formatSchema: ({ properties }) => properties.response_format,
	// Streams report usage only on request.
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
