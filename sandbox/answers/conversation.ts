import { tryParse } from '../json';

type Part = Record<string, unknown>;

export interface Message {
	role: string;
	content?: string | Part[] | null;
	tool_calls?: Array<{ id?: string; function?: { arguments?: string } }>;
	tool_call_id?: string;
}

/** What a tool returned, and the arguments it was called with. */
export interface ToolResult {
	text: string;
	input?: Record<string, unknown>;
}

/** The content of a chat request, in one form for all messages. */
export interface Conversation {
	/** Text of the last user message. */
	prompt: string;
	/** Text of all user messages, the newest first. */
	userText: string;
	/** Text of the system messages and of a top-level `system`. */
	system: string;
	/** The type of each attachment in the user messages. */
	attachments: string[];
	/** Tool results after the last user message; empty unless they come last. */
	toolResults: ToolResult[];
	/** Whether an earlier answer of the model is in it. */
	hasEarlierAnswer: boolean;
	/** Length of all texts, in characters. */
	length: number;
}

const ATTACHMENT_KINDS: Record<string, string> = {
	image_url: 'image',
	image: 'image',
	file: 'file',
	document: 'file',
	input_audio: 'audio clip',
	video_url: 'video',
};

/** Parses a valid chat body. */
export function parseConversation(body: Record<string, unknown>): Conversation {
	const messages = body.messages as Message[];
	const textsOf = (...roles: string[]) =>
		messages.filter(({ role }) => roles.includes(role)).map(textOf);
	const userTexts = textsOf('user').reverse();
	const system = [
		...textsOf('system', 'developer'),
		textOf({ role: 'system', content: (body.system ?? '') as Message['content'] }),
	]
		.join('\n')
		.trim();
	return {
		prompt: userTexts[0] ?? '',
		userText: userTexts.join('\n'),
		system,
		attachments: messages.filter(({ role }) => role === 'user').flatMap(attachmentsOf),
		toolResults: toolResultsIn(messages),
		hasEarlierAnswer: messages.some(({ role }) => role === 'assistant'),
		length: system.length + textsOf('user', 'assistant', 'tool', 'function').join('').length,
	};
}

const partsOf = ({ content }: Message): Part[] => {
	if (typeof content === 'string') return [{ type: 'text', text: content }];
	return content ?? [];
};

export const textOf = (message: Message): string =>
	partsOf(message)
		.filter(({ type }) => type === 'text')
		.map(({ text }) => text)
		.join('\n');

const attachmentsOf = (message: Message): string[] =>
	partsOf(message).flatMap(({ type }) => ATTACHMENT_KINDS[String(type)] ?? []);

/** All tool results after the last user message. */
function toolResultsIn(messages: Message[]): ToolResult[] {
	const inputs = inputsById(messages);
	const resultsIn = (message: Message) => resultsOf(message, inputs);
	if (messages.length === 0 || resultsIn(messages.at(-1)!).length === 0) return [];
	const isUsers = (message: Message) =>
		message.role !== 'assistant' && resultsIn(message).length === 0;
	return messages.slice(messages.findLastIndex(isUsers) + 1).flatMap(resultsIn);
}

/** OpenAI sends each tool's answer as a message of its own, Anthropic as parts of one user message. */
function resultsOf(message: Message, inputs: ReturnType<typeof inputsById>): ToolResult[] {
	const { role, tool_call_id } = message;
	if (role === 'tool' || role === 'function') {
		return [{ text: textOf(message), input: inputs.get(tool_call_id) }];
	}
	return partsOf(message)
		.filter(({ type }) => type === 'tool_result')
		.map(({ content, tool_use_id }) => ({
			text: textOf({ role: 'tool', content: content as Message['content'] }),
			input: inputs.get(tool_use_id),
		}));
}

/** The arguments of all tool calls in a conversation; none if they aren't JSON. */
function inputsById(messages: Message[]): Map<unknown, ToolResult['input']> {
	const calls = messages.flatMap(({ tool_calls }) => tool_calls ?? []);
	const uses = messages.flatMap(partsOf).filter(({ type }) => type === 'tool_use');
	return new Map([
		...calls.map(
			({ id, function: called }) =>
				[id, tryParse(called?.arguments ?? '') as ToolResult['input']] as const,
		),
		...uses.map(({ id, input }) => [id, input as ToolResult['input']] as const),
	]);
}
