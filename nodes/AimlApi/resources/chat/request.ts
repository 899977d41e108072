import { attachFiles, type Attachment } from '../../../shared/chat/contentParts';
import { completionsDialect, type ChatDialect } from '../../../shared/chat/dialect';
import { parseMessages, type ChatMessage } from '../../../shared/chat/messages';
import { toResponseFormat, type ResponseFormatFields } from '../../../shared/chat/responseFormat';
import { checkPlaced, placeSystemMessages } from '../../../shared/chat/systemMessages';
import { InputError } from '../../../shared/errors/InputError';
import { hasValues, toSupportedParameters } from '../../../shared/parameters/bodyParameters';
import { parseJsonObject } from '../../../shared/parameters/jsonField';
import { checkRequired } from '../../../shared/parameters/required';
import type { JsonSchema, ObjectSchema } from '../../../shared/schema/jsonSchema';

/** What the editor's fields of a chat operation hold, expressions evaluated. */
export interface ChatFields extends ResponseFormatFields {
	messages: unknown;
	attachments: Attachment[];
	modelParameters: unknown;
	extraBody: unknown;
	/** The model stands in for the one that the parameters were chosen for. */
	isFallback?: boolean;
}

export interface ChatRequest {
	body: Record<string, unknown>;
	dialect: ChatDialect;
	/** Set when the answer has to be JSON: what the parsed answer must follow. */
	answerSchema?: JsonSchema;
	/** Model parameters left out because a model that stands in does not take them. */
	droppedParameters: string[];
}

/**
 * The body of a request to a chat endpoint. Only what the user set is in it.
 *
 * @param loadSchema gets what the model documents, and is asked only when something hangs on it;
 * without a schema nothing is checked against the model
 * @throws InputError naming the field, before anything is paid for
 */
export async function toChatRequest(
	model: string,
	fields: ChatFields,
	loadSchema: () => Promise<ObjectSchema | undefined>,
	dialect = completionsDialect,
): Promise<ChatRequest> {
	const written = parseMessages(fields.messages, fields.attachments.length > 0);
	const extra = parseJsonObject(fields.extraBody, 'Extra Body');
	const schema = dependsOnModel(fields, written) ? await loadSchema() : undefined;
	const answer = toResponseFormat(fields, schema, model, dialect);
	const asked = { model, isFallback: fields.isFallback === true };
	const { parameters, droppedParameters } = toSupportedParameters(
		asked,
		fields.modelParameters,
		schema,
	);
	const placed = placeSystemMessages(written, schema) ?? systemFieldError(model);
	checkPlaced(placed, parameters, model);
	const messages = await attachFiles(placed.messages, fields.attachments, schema, model);
	const body = {
		model,
		...dialect.writeBody({ ...placed, messages }, answer?.request),
		...parameters,
		...extra,
	};
	checkRequired(body, schema, model);
	return {
		body,
		dialect,
		droppedParameters,
		...(answer && { answerSchema: answer.schema ?? { type: 'object' } }),
	};
}

/** Plain user and assistant messages are the same for every model. */
function dependsOnModel(fields: ChatFields, messages: ChatMessage[]): boolean {
	return (
		fields.attachments.length > 0 ||
		fields.responseFormat !== 'text' ||
		hasValues(fields.modelParameters) ||
		messages.some(({ role }) => role === 'system')
	);
}

function systemFieldError(model: string): never {
	throw new InputError(
		`${model} doesn't support system messages`,
		"Move the instructions to a message with the role 'User', or choose another model.",
	);
}
