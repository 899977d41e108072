type Part = Record<string, unknown>;

interface Message {
	role: string;
	content?: string | Part[] | null;
}

/** What a chat request says, whichever form its messages have. */
export interface Conversation {
	/** Text of the last user message. */
	prompt: string;
	/** Text of all user messages, the newest first. */
	userText: string;
	/** Text of the system messages and of a top-level `system`. */
	system: string;
	/** Kinds of attachment in the user messages, one entry for each. */
	attachments: string[];
	/** The answer of a tool, when that is what came last. */
	toolResult?: string;
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

/** Reads a chat body that its model's schema allows. */
export function readConversation(body: Record<string, unknown>): Conversation {
	const messages = body.messages as Message[];
	const textsOf = (...roles: string[]) =>
		messages.filter(({ role }) => roles.includes(role)).map(textOf);
	const userTexts = textsOf('user').reverse();
	const system = [...textsOf('system', 'developer'), String(body.system ?? '')].join('\n').trim();
	return {
		prompt: userTexts[0] ?? '',
		userText: userTexts.join('\n'),
		system,
		attachments: messages.filter(({ role }) => role === 'user').flatMap(attachmentsOf),
		toolResult: toolResultOf(messages[messages.length - 1]),
		hasEarlierAnswer: messages.some(({ role }) => role === 'assistant'),
		length: system.length + textsOf('user', 'assistant', 'tool', 'function').join('').length,
	};
}

const partsOf = ({ content }: Message): Part[] => {
	if (typeof content === 'string') return [{ type: 'text', text: content }];
	return content ?? [];
};

const textOf = (message: Message): string =>
	partsOf(message)
		.filter(({ type }) => type === 'text')
		.map(({ text }) => text)
		.join('\n');

const attachmentsOf = (message: Message): string[] =>
	partsOf(message).flatMap(({ type }) => ATTACHMENT_KINDS[String(type)] ?? []);

/** OpenAI sends a tool's answer as a message of its own, Anthropic as a part of a user message. */
function toolResultOf(last: Message | undefined): string | undefined {
	if (!last) return undefined;
	if (last.role === 'tool' || last.role === 'function') return textOf(last);
	const result = partsOf(last).find(({ type }) => type === 'tool_result');
	return result && textOf({ role: 'tool', content: result.content as Message['content'] });
}
