import type { ContentFile, Message, MessageContent } from '@n8n/ai-node-sdk';
import type { Attachment } from '../../shared/chat/contentParts';
import { isRecord } from '../../shared/json';
import { mimeTypeOfName } from '../../shared/mimeTypes';
import type { AssistantTurn, ToolCall, ToolResult, ToolTurn, Turn, UserTurn } from './conversation';
import { mimeTypeOfUrl } from './mimeTypeOfUrl';
import { fromGivenId, getAnswer, type CachedAnswer } from './toolCallCache';

/** Downloads a file and returns its content in base64. */
type FetchBase64 = (url: string) => Promise<string>;

/**
 * Parses a conversation from n8n. n8n's agents split an answer with tool calls into one message per call
 * and drop its reasoning, so answers since the last user message are restored from the cache.
 */
export function parseMessages(messages: Message[], fetchBase64: FetchBase64): Turn[] {
	const turns = messages.flatMap((message) => parseMessage(message, fetchBase64));
	const lastUser = turns.findLastIndex(({ role }) => role === 'user');
	const earlier = turns.slice(0, lastUser + 1).map(withoutReasoning);
	return joinResults([...earlier, ...restoreAnswers(turns.slice(lastUser + 1))]);
}

function parseMessage(message: Message, fetchBase64: FetchBase64): Turn | [] {
	const { role, content } = message;
	switch (role) {
		case 'system':
			return { role, text: textOf(content) };
		case 'assistant':
			return parseAssistantMessage(content);
		case 'tool':
			return { role, results: content.flatMap(parseToolResult) };
		default:
			return parseUserMessage(content, fetchBase64);
	}
}

const textOf = (content: MessageContent[]): string =>
	content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('');

function parseUserMessage(content: MessageContent[], fetchBase64: FetchBase64): UserTurn {
	const parts = content.flatMap((part) => {
		if (part.type === 'text') return part.text;
		return part.type === 'file' ? parseFile(part, fetchBase64) : [];
	});
	return { role: 'user', parts };
}

function parseFile(part: ContentFile, fetchBase64: FetchBase64): Attachment {
	const about = part.providerMetadata ?? {};
	const url = typeof about.url === 'string' ? about.url : undefined;
	const fileName = [about.filename, about.fileName].find((name) => typeof name === 'string');
	const { data } = part;
	const named = mimeTypeOfName(fileName ?? '') ?? mimeTypeOfUrl(url ?? '');
	return {
		mimeType: part.mediaType || named || 'image/jpeg',
		fileName: fileName ?? 'file',
		...(typeof about.detail === 'string' && { detail: about.detail }),
		...(url !== undefined && { url }),
		base64: async () => {
			if (url !== undefined && !data) return await fetchBase64(url);
			return typeof data === 'string' ? data : Buffer.from(data).toString('base64');
		},
	};
}

function parseAssistantMessage(content: MessageContent[]): AssistantTurn {
	const calls = content.flatMap((part): ToolCall | [] =>
		part.type === 'tool-call'
			? { id: part.toolCallId ?? part.toolName, name: part.toolName, arguments: part.input ?? '{}' }
			: [],
	);
	const text = content.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
	const reasoning = { text, fields: {}, parts: [], prefix: '' };
	return {
		role: 'assistant',
		text: textOf(content),
		calls: calls.map(withoutAdditions).map((call) => ({ ...call, id: fromGivenId(call.id) })),
		...(text && { reasoning }),
	};
}

/** Removes what n8n's agents from version 3 add to the arguments: the call's ID, and for MCP the tool's name. */
function withoutAdditions(call: ToolCall): ToolCall {
	const given: unknown = JSON.parse(call.arguments);
	if (!isRecord(given)) return call;
	const own = Object.entries(given).filter(
		([name, value]) =>
			!(name === 'id' && value === call.id) && !(name === 'tool' && value === call.name),
	);
	return { ...call, arguments: JSON.stringify(Object.fromEntries(own)) };
}

function parseToolResult(part: MessageContent): ToolResult | [] {
	if (part.type !== 'tool-result') return [];
	const { toolCallId: callId, result, isError = false } = part;
	return { callId: fromGivenId(callId), text: String(result), isError };
}

const withoutReasoning = (turn: Turn): Turn =>
	turn.role === 'assistant' ? { ...turn, reasoning: undefined } : turn;

/** Joins consecutive tool results into one turn. */
function joinResults(turns: Turn[]): Turn[] {
	const joined: Turn[] = [];
	for (const turn of turns) {
		const last = joined.at(-1);
		if (turn.role !== 'tool') joined.push(turn);
		else if (last?.role === 'tool') last.results.push(...turn.results);
		else joined.push({ role: 'tool', results: [...turn.results] });
	}
	return joined;
}

function restoreAnswers(turns: Turn[]): Turn[] {
	const restored: Turn[] = [];
	for (let index = 0; index < turns.length; ) {
		const answer = answerOf(turns[index]);
		const end = answer ? endOfAnswer(turns, index, answer) : index + 1;
		restored.push(...(answer ? restore(answer, turns.slice(index, end)) : [turns[index]]));
		index = end;
	}
	return restored;
}

const answerOf = (turn: Turn): CachedAnswer | undefined =>
	turn.role === 'assistant' && turn.calls.length ? getAnswer(turn.calls[0]) : undefined;

/** The index after the last turn of an answer: its parts, and the results of its calls. */
function endOfAnswer(turns: Turn[], start: number, answer: CachedAnswer): number {
	const length = turns
		.slice(start)
		.findIndex((turn) => turn.role !== 'tool' && answerOf(turn) !== answer);
	return length < 0 ? turns.length : start + length;
}

/** The original answer, with the calls that have results, under the model's own IDs. */
function restore(answer: CachedAnswer, turns: Turn[]): [AssistantTurn, ToolTurn] {
	const given = turns.flatMap((turn) => (turn.role === 'assistant' ? turn.calls : []));
	const ownId = (id: string) => answer.calls.find(({ givenId }) => givenId === id)?.id || id;
	const calls = answer.calls
		.filter(({ givenId }) => given.some(({ id }) => id === givenId))
		.map(({ givenId, ...call }) => ({ ...call, id: ownId(givenId) }));
	const results = turns.flatMap((turn) => (turn.role === 'tool' ? turn.results : []));
	const { text, reasoning, model } = answer;
	return [
		{ role: 'assistant', text, calls, model, ...(reasoning && { reasoning }) },
		{
			role: 'tool',
			results: results.map((result) => ({ ...result, callId: ownId(result.callId) })),
		},
	];
}
