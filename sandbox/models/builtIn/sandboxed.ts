import type { ChatVariantName } from '../../answers/chatVariants';
import type { Schema } from '../../schema/openapi';
import type { Model } from '../model';
import { chatDocument } from '../schemas/document';
import {
	assistantMessage,
	imagePart,
	messagesOf,
	systemMessage,
	thinkingMessage,
	toolMessage,
	userMessage,
} from '../schemas/messages';
import {
	maxCompletionTokens,
	maxTokens,
	modelId,
	responseFormat,
	stream,
	streamOptions,
	temperature,
	toolChoice,
	tools,
} from '../schemas/parameters';
import { gpt4oMini } from './openai';

const descriptions: Record<ChatVariantName, string> = {
	'reasoning-content': 'Thinks in message.reasoning_content.',
	reasoning: 'Thinks in message.reasoning.',
	'needs-reasoning':
		'Thinks in message.reasoning_content and refuses to go on after a tool call without it.',
	'think-tags': 'Thinks in <think> tags inside the content.',
	'content-parts': 'Answers with a list of parts and finish_reason end_turn.',
	'no-system': 'Takes messages of users and assistants only.',
	'text-with-calls': 'Says something beside its tool calls.',
	'numbered-calls': 'Counts its tool calls from 0 in each answer.',
	'no-arguments': 'Calls tools with an empty text as arguments.',
	'broken-arguments': 'Breaks the JSON of tool arguments.',
	'calls-without-index': 'Streams tool calls without an index.',
	'calls-of-one-index': 'Streams all tool calls under index 0.',
	citations: 'Names its sources in citations and search_results.',
	'content-filter': 'Filters its answer when the prompt has the word "forbidden".',
	'fenced-json': 'Wraps JSON in a Markdown fence.',
	'broken-json-once': 'Breaks JSON until the conversation holds an earlier answer.',
};

const messagesFor = (variant: ChatVariantName): Schema[] => {
	const user = userMessage(imagePart);
	switch (variant) {
		case 'no-system':
			return [user, assistantMessage];
		case 'needs-reasoning':
			return [user, systemMessage, thinkingMessage, toolMessage];
		default:
			return [user, systemMessage, assistantMessage, toolMessage];
	}
};

const behaviourModel = (variant: ChatVariantName): Model => {
	const id = `sandbox/${variant}`;
	return {
		...gpt4oMini,
		id,
		aliases: [],
		info: {
			...gpt4oMini.info,
			name: `Sandbox ${variant}`,
			developer: 'Sandbox',
			description: descriptions[variant],
			url: '',
			docsUrl: '',
		},
		modalities: { input: ['text', 'image'], output: ['text'] },
		capabilities: ['vision', 'tools', 'structured_output', 'streaming'],
		variant: variant,
		document: chatDocument({
			model: modelId(id),
			messages: messagesOf(...messagesFor(variant)),
			max_tokens: maxTokens,
			max_completion_tokens: maxCompletionTokens,
			stream,
			stream_options: streamOptions,
			temperature,
			tools,
			tool_choice: toolChoice,
			parallel_tool_calls: { type: 'boolean' },
			response_format: responseFormat,
		}),
	};
};

/** One invented chat model for each documented deviation, so that a client can meet them all. */
export const chatBehaviourModels = Object.keys(descriptions).map((variant) =>
	behaviourModel(variant as ChatVariantName),
);
