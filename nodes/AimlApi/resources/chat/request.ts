import { attachFiles, type Attachment } from '../../../shared/chat/contentParts';
import { completionsDialect, type ChatDialect } from '../../../shared/chat/dialect';
import { parseMessages, type ChatMessage } from '../../../shared/chat/messages';
import {
	beginningOf,
	MIN_CACHED_CHARACTERS,
	withBreakpoints,
	type CacheTtl,
} from '../../../shared/chat/promptCaching';
import { toResponseFormat, type ResponseFormatFields } from '../../../shared/chat/responseFormat';
import { checkPlaced, placeSystemMessages } from '../../../shared/chat/systemMessages';
import { InputError } from '../../../shared/errors/InputError';
import { hasValues, toSupportedParameters } from '../../../shared/parameters/bodyParameters';
import { checkRequired } from '../../../shared/parameters/required';
import { toTargetModel } from '../../../shared/parameters/targetModel';
import type { JsonSchema } from '../../../shared/schema/jsonSchema';
import type { BodyFields } from '../../run/bodyFields';
import type { ItemContext } from '../../run/operation';

/** Field values of a chat operation. */
export interface ChatFields extends ResponseFormatFields, BodyFields {
	messages: unknown;
	attachments: Attachment[];
	/** 'Prompt Caching'; absent for off. */
	cacheTtl?: CacheTtl;
}

export interface ChatRequest {
	body: Record<string, unknown>;
	dialect: ChatDialect;
	/** The schema of the answer; absent unless it has to be JSON. */
	answerSchema?: JsonSchema;
	/** Parameters left out because the fallback model doesn't support them. */
	droppedParameters: string[];
	/** What other items of the run may have in common with this one, where it is worth caching. */
	sharedBeginning?: string;
}

/**
 * The body of a request to a chat endpoint. It contains only what the user set.
 *
 * @param context of the item; the model's schema is loaded only if the body depends on it
 * @throws InputError naming the field
 */
export async function toChatRequest(
	context: Pick<ItemContext, 'model' | 'fallback' | 'requestSchema'>,
	fields: ChatFields,
	dialect = completionsDialect,
): Promise<ChatRequest> {
	const written = parseMessages(fields.messages, fields.attachments.length > 0);
	const schema = dependsOnModel(fields, written) ? await context.requestSchema() : undefined;
	const model = toTargetModel(context, schema);
	const answer = toResponseFormat(fields, model, dialect);
	const { parameters, droppedParameters } = toSupportedParameters(fields.modelParameters, model);
	const placed = placeSystemMessages(written, schema) ?? systemFieldError(model.id);
	checkPlaced(placed, parameters, model.id);
	const messages = await attachFiles(placed.messages, fields.attachments, model);
	const body = {
		model: model.id,
		...dialect.writeBody({ ...placed, messages }, answer?.request),
		...parameters,
		...fields.extraBody,
	};
	checkRequired(body, model);
	const beginning = fields.cacheTtl && beginningOf(body);
	return {
		body: withBreakpoints(body, schema, fields.cacheTtl, false),
		...(beginning && beginning.length >= MIN_CACHED_CHARACTERS && { sharedBeginning: beginning }),
		dialect,
		droppedParameters,
		...(answer && { answerSchema: answer.schema ?? { type: 'object' } }),
	};
}

/** Whether the body depends on the model's schema; plain messages don't. */
function dependsOnModel(fields: ChatFields, messages: ChatMessage[]): boolean {
	return (
		fields.attachments.length > 0 ||
		fields.responseFormat !== 'text' ||
		hasValues(fields.modelParameters) ||
		fields.cacheTtl !== undefined ||
		messages.some(({ role }) => role === 'system')
	);
}

function systemFieldError(model: string): never {
	throw new InputError(
		`${model} doesn't support system messages`,
		"Move the instructions to a message with the role 'User', or choose another model.",
	);
}
