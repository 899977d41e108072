import { makePng } from '../media/png';
import type { Choice } from './choice';
import type { Conversation } from './conversation';
import { pick } from '../pick';

/** How a model's answers differ from the usual form. */
interface ChatVariant {
	/** Rewrites one choice. */
	choice?: (choice: Choice, conversation: Conversation) => Choice;
	/** Properties beside `choices`. */
	extras?: () => Record<string, unknown>;
	/** Why the model rejects a request that is valid by its schema. */
	refuse?: (body: Record<string, unknown>, conversation: Conversation) => string | undefined;
	/** Rewrites the fragments of tool calls in a stream. */
	fragment?: (fragment: ToolCallFragment) => ToolCallFragment;
}

/** One entry of `delta.tool_calls`. */
export interface ToolCallFragment {
	index?: number;
	id?: string;
	type?: string;
	function: { name?: string; arguments: string };
}

const thought = ({ prompt }: Conversation) => `The user wants an answer to: ${prompt.slice(0, 80)}`;

const withMessage = (choice: Choice, message: Partial<Choice['message']>): Choice => ({
	...choice,
	message: { ...choice.message, ...message },
});

/** Rewrites the content where it is text; tool calls stay as they are. */
const withContent = (choice: Choice, rewrite: (content: string) => string): Choice =>
	typeof choice.message.content === 'string'
		? withMessage(choice, { content: rewrite(choice.message.content) })
		: choice;

const withArguments = (choice: Choice, rewrite: (written: string) => string): Choice => {
	const calls = choice.message.tool_calls?.map((call) => ({
		...call,
		function: { ...call.function, arguments: rewrite(call.function.arguments) },
	}));
	return calls ? withMessage(choice, { tool_calls: calls }) : choice;
};

/** The answers with tool calls after the last user message. */
function answersWithCalls(body: Record<string, unknown>) {
	const messages = body.messages as Array<Record<string, unknown>>;
	const lastUser = messages.map(({ role }) => role).lastIndexOf('user');
	return messages
		.map((message, index) => ({ message, index }))
		.filter(({ message, index }) => index > lastUser && Array.isArray(message.tool_calls));
}

const isJson = (text: string) => /^[{[]/.test(text);

const SOURCES = [
	{ title: 'Example Domain', url: 'https://example.com/', date: '2026-01-01' },
	{ title: 'Example Organization', url: 'https://example.org/', date: '2026-01-02' },
];

/** The documented deviations, by name. */
export const CHAT_VARIANTS = {
	'reasoning-content': {
		choice: (choice, conversation) =>
			withMessage(choice, { reasoning_content: thought(conversation) }),
	},
	reasoning: {
		choice: (choice, conversation) => withMessage(choice, { reasoning: thought(conversation) }),
	},
	'needs-reasoning': {
		choice: (choice, conversation) =>
			withMessage(choice, { reasoning_content: thought(conversation) }),
		refuse: (body, conversation) => {
			const without = answersWithCalls(body).find(
				({ message }) => message.reasoning_content !== thought(conversation),
			);
			return (
				without &&
				`The \`reasoning_content\` in the thinking mode must be passed back to the API (messages[${without.index}])`
			);
		},
	},
	'think-tags': {
		choice: (choice, conversation) =>
			withContent(choice, (text) => `<think>\n${thought(conversation)}\n</think>\n\n${text}`),
	},
	'content-parts': {
		choice: (choice) => {
			const { content } = choice.message;
			if (typeof content !== 'string') return choice;
			const parts = withMessage(choice, { content: [{ type: 'text', text: content }] });
			return { ...parts, finish_reason: choice.finish_reason === 'stop' ? 'end_turn' : 'length' };
		},
	},
	/** By its schema. */
	'no-system': {},
	'text-with-calls': {
		choice: (choice) =>
			choice.message.tool_calls ? withMessage(choice, { content: 'Let me look.' }) : choice,
	},
	'numbered-calls': {
		choice: (choice) => {
			const calls = choice.message.tool_calls?.map((call, index) => ({
				...call,
				id: `functions.${call.function.name}:${index}`,
			}));
			return calls ? withMessage(choice, { tool_calls: calls }) : choice;
		},
	},
	'no-arguments': { choice: (choice) => withArguments(choice, () => '') },
	'broken-arguments': {
		choice: (choice) => withArguments(choice, (written) => written.slice(0, -1)),
	},
	'calls-without-index': {
		fragment: ({ id, type, function: called }) => ({ id, type, function: called }),
	},
	'calls-of-one-index': { fragment: (fragment) => ({ ...fragment, index: 0 }) },
	citations: {
		extras: () => ({ citations: SOURCES.map(({ url }) => url), search_results: SOURCES }),
	},
	'content-filter': {
		choice: (choice, { prompt }) =>
			/\bforbidden\b/i.test(prompt)
				? { ...withMessage(choice, { content: '' }), finish_reason: 'content_filter' }
				: choice,
	},
	/** Draws instead of answering, as models do that make images in a chat. */
	'image-answer': {
		choice: (choice) => {
			const url = `data:image/png;base64,${makePng(64, 64, 0.6).toString('base64')}`;
			const images = [{ type: 'image_url', image_url: { url } }];
			return choice.message.tool_calls ? choice : withMessage(choice, { content: '', images });
		},
	},
	'fenced-json': {
		choice: (choice) =>
			withContent(choice, (text) => (isJson(text) ? `\`\`\`json\n${text}\n\`\`\`` : text)),
	},
	'broken-json-once': {
		choice: (choice, { hasEarlierAnswer }) =>
			withContent(choice, (text) => (isJson(text) && !hasEarlierAnswer ? text.slice(0, -1) : text)),
	},
} satisfies Record<string, ChatVariant>;

/** The variant of that name; the usual form without one. */
export const chatVariantOf = (name: string | undefined): ChatVariant =>
	pick<ChatVariant>(CHAT_VARIANTS, name) ?? {};
