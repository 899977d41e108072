import type { Message, Tool } from '@n8n/ai-node-sdk';
import { readResponseFormat, type ResponseFormatFields } from '../shared/chat/responseFormat';
import { generalChatSchema } from '../shared/chat/schema';
import { CHAT_COMPLETIONS } from '../shared/models/endpoints';
import { parseJsonObject } from '../shared/parameters/jsonField';
import type { ModelForm } from '../shared/parameters/modelForm';
import { readParametersFor } from '../shared/parameters/readParameters';
import { checkRequired } from '../shared/parameters/required';
import type { ObjectSchema } from '../shared/schema/jsonSchema';
import type { SubNodeCall } from '../shared/transport/subNodeClient';
import { readTurns } from './readTurns';
import { writeMessages, type AskedModel } from './writeMessages';
import { writeTools, type ParametersOf } from './writeTools';

/** What the agent or chain that uses the model decides is not offered in 'Model Parameters'. */
export const chatModelForm: ModelForm = {
	ownProperties: [
		'model',
		'messages',
		'system',
		'tools',
		'tool_choice',
		'response_format',
		'stream',
		'stream_options',
		'n',
	],
	generalSchema: generalChatSchema,
};

/** The fields of the node, expressions evaluated. */
export interface ChatModelFields extends ResponseFormatFields {
	modelParameters: unknown;
	extraBody: unknown;
}

/** What an agent or chain asks of the model. */
export interface ChatTask {
	messages: Message[];
	tools: Tool[];
	parametersOf: ParametersOf;
	/** Texts at which the answer ends. */
	stop?: string[];
	/** Whether the answer is given out as it is made. */
	streams: boolean;
}

export interface WrittenBody {
	body: Record<string, unknown>;
	/** Whether the answer will come in events: not every model takes that. */
	streams: boolean;
	/** Model parameters left out because a model that stands in does not take them. */
	droppedParameters: string[];
}

/**
 * The body of a chat completion for an agent or chain.
 *
 * @throws InputError naming the field, before anything is paid for
 */
export async function writeBody(
	call: SubNodeCall,
	task: ChatTask,
	fields: ChatModelFields,
): Promise<WrittenBody> {
	const { model } = call;
	const schema = await call.requestSchema(CHAT_COMPLETIONS);
	const asked: AskedModel = { model, schema };
	const isFallback = call.fallback !== undefined;
	const { parameters, droppedParameters } = readParametersFor(
		{ model, isFallback },
		fields.modelParameters,
		schema,
	);
	const turns = readTurns(task.messages, async (url) =>
		(await call.fetchFile(url)).bytes.toString('base64'),
	);
	const format = readResponseFormat(fields, schema, model);
	const streams = task.streams && documents(schema, 'stream');
	const body = {
		model,
		...(await writeMessages(turns, asked)),
		...(task.tools.length && { tools: writeTools(task.tools, task.parametersOf, asked) }),
		...(format && { response_format: format.request }),
		...stopSequences(task.stop, schema),
		...parameters,
		...parseJsonObject(fields.extraBody, 'Extra Body'),
		...(streams && askForEvents(schema)),
	};
	checkRequired(body, schema, model);
	return { body, streams, droppedParameters };
}

const documents = (schema: ObjectSchema | undefined, name: string): boolean =>
	!schema || schema.properties[name] !== undefined;

function stopSequences(stop: string[] | undefined, schema: ObjectSchema | undefined) {
	const name = ['stop', 'stop_sequences'].find((property) => documents(schema, property));
	return stop?.length && name ? { [name]: stop } : {};
}

/** Streams tell what they used up only where that is asked for; n8n logs it. */
const askForEvents = (schema: ObjectSchema | undefined) => ({
	stream: true,
	...(schema?.properties.stream_options && { stream_options: { include_usage: true } }),
});
