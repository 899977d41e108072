import type { Message, Tool } from '@n8n/ai-node-sdk';
import { completionsDialect } from '../../shared/chat/dialect';
import { withBreakpoints, type CacheTtl } from '../../shared/chat/promptCaching';
import { toResponseFormat, type ResponseFormatFields } from '../../shared/chat/responseFormat';
import { defaultChatSchema } from '../../shared/chat/schema';
import { CHAT_COMPLETIONS } from '../../shared/models/endpoints';
import { toSupportedParameters } from '../../shared/parameters/bodyParameters';
import { parseExtraBody } from '../../shared/parameters/extraBody';
import type { ModelForm } from '../../shared/parameters/modelForm';
import { checkRequired } from '../../shared/parameters/required';
import { toTargetModel } from '../../shared/parameters/targetModel';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import type { SubNodeRequest } from '../../shared/transport/subNodeClient';
import { toApiMessages } from './apiMessages';
import { toApiToolChoice, toApiTools } from './apiTools';
import type { Turn } from './conversation';
import { parseMessages } from './parseMessages';
import { mapToolNames, type ToolNames } from './toolNames';

/** 'Model Parameters' leaves out what the agent or chain decides. */
export const chatModelForm: ModelForm = {
	excludedProperties: [
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
	defaultSchema: defaultChatSchema,
};

/** Field values of the node. */
export interface ChatModelFields extends ResponseFormatFields {
	/** 'Prompt Caching'; absent for off. */
	cacheTtl?: CacheTtl;
	modelParameters: unknown;
	/** 'Extra Body' of 'Options', and the field that it was before. */
	extraBody: unknown;
	olderExtraBody?: unknown;
}

/** What an agent or chain requests. */
interface ChatTask {
	messages: Message[];
	tools: Tool[];
	toolChoice?: unknown;
	/** Stop sequences. */
	stop?: string[];
	/** Whether to stream the answer if the model supports it. */
	streams: boolean;
}

export interface ChatBody {
	body: Record<string, unknown>;
	/** Parameters left out because the fallback model doesn't support them. */
	droppedParameters: string[];
	names: ToolNames;
}

/**
 * The body of a chat completion for an agent or chain.
 *
 * @throws InputError naming the field
 */
export async function toChatBody(
	call: SubNodeRequest,
	task: ChatTask,
	fields: ChatModelFields,
): Promise<ChatBody> {
	const schema = await call.requestSchema(CHAT_COMPLETIONS);
	const model = toTargetModel(call, schema);
	const { parameters, droppedParameters } = toSupportedParameters(fields.modelParameters, model);
	const turns = parseMessages(task.messages, async (url) =>
		(await call.fetchFile(url)).bytes.toString('base64'),
	);
	const names = mapToolNames(task.tools.map(({ name }) => name));
	const format = toResponseFormat(fields, model);
	const streams = task.streams && documents(schema, 'stream');
	const body = {
		model: model.id,
		...(await toApiMessages(
			turns.map((turn) => withApiNames(turn, names)),
			model,
		)),
		...(task.tools.length && {
			tools: toApiTools(task.tools, names, model),
			...toApiToolChoice(task.toolChoice, names, model),
		}),
		...(format && { response_format: format.request }),
		...stopSequences(task.stop, schema),
		...parameters,
		...parseExtraBody(fields.olderExtraBody, fields.extraBody),
		...(streams && completionsDialect.askForEvents(schema)),
	};
	checkRequired(body, model);
	// Chains ask once; agents send the whole conversation again with the next turn.
	const isOngoing = task.tools.length > 0 || turns.some(({ role }) => role === 'assistant');
	const marked = withBreakpoints(body, schema, fields.cacheTtl, isOngoing);
	return { body: marked, droppedParameters, names };
}

function withApiNames(turn: Turn, names: ToolNames): Turn {
	if (turn.role !== 'assistant') return turn;
	return { ...turn, calls: turn.calls.map((call) => ({ ...call, name: names.toApi(call.name) })) };
}

const documents = (schema: ObjectSchema | undefined, name: string): boolean =>
	!schema || schema.properties[name] !== undefined;

function stopSequences(stop: string[] | undefined, schema: ObjectSchema | undefined) {
	const name = ['stop', 'stop_sequences'].find((property) => documents(schema, property));
	return stop?.length && name ? { [name]: stop } : {};
}
