import type { Reasoning } from '../shared/chat/reasoning';
import type { ToolCall } from './conversation';

/** An answer with tool calls as the model gave it; n8n hands back only parts of it. */
export interface CachedAnswer {
	model: string;
	text: string;
	reasoning?: Reasoning;
	calls: CachedCall[];
}

export interface CachedCall extends ToolCall {
	/** The id that n8n knows it by: the model's own, unless another conversation's call has it. */
	givenId: string;
}

/** What is kept at most: answers, and characters in all of them. */
const MAX_ANSWERS = 2_000;
const MAX_CHARACTERS = 20_000_000;

/**
 * Answers by the ids of their calls. n8n's agents make the chat model anew for the turn after the
 * tools have run, so this is shared by all chat models of the process. The oldest are forgotten.
 */
const answers = new Map<string, CachedAnswer>();
let characters = 0;
let renamed = 0;

/**
 * Keeps an answer until its tools have run.
 *
 * @returns it with the ids to give to n8n: some models count their calls anew in each conversation
 */
export function setAnswer(answer: Omit<CachedAnswer, 'calls'> & { calls: ToolCall[] }) {
	const calls = answer.calls.map((call) => ({ ...call, givenId: freeId(call.id) }));
	const kept: CachedAnswer = { ...answer, calls };
	for (const { givenId } of calls) answers.set(givenId, kept);
	characters += sizeOf(kept);
	while (answers.size > MAX_ANSWERS || characters > MAX_CHARACTERS) evictOldest();
	return kept;
}

function freeId(id: string): string {
	if (id && !answers.has(id)) return id;
	renamed++;
	return `${id || 'call'}_${Date.now().toString(36)}${renamed}`;
}

function evictOldest(): void {
	const [oldest] = answers.values();
	for (const { givenId } of oldest.calls) answers.delete(givenId);
	characters -= sizeOf(oldest);
}

const sizeOf = (answer: CachedAnswer): number => JSON.stringify(answer).length;

/** The answer that this call was part of, if it is remembered. */
export function getAnswer({ id, name, arguments: given }: ToolCall): CachedAnswer | undefined {
	const answer = answers.get(id);
	const call = answer?.calls.find(({ givenId }) => givenId === id);
	return call?.name === name && isSameJson(call.arguments, given) ? answer : undefined;
}

/** n8n parses arguments and writes them again, so only what they say can be compared. */
function isSameJson(one: string, other: string): boolean {
	return one === other || canonical(JSON.parse(one)) === canonical(JSON.parse(other));
}

const canonical = (value: unknown): string =>
	JSON.stringify(value, (_, inner: unknown) =>
		inner !== null && typeof inner === 'object' && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);

/** Forgets everything, so that a test starts anew. */
export function clearAnswers(): void {
	answers.clear();
	characters = 0;
}
