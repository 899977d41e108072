import type { Reasoning } from '../../shared/chat/reasoning';
import { tryParse } from '../../shared/json';
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
const MAX_ANSWERS = 20_000;
const MAX_CHARACTERS = 50_000_000;

/**
 * Answers by the ids of their calls. n8n's agents make the chat model anew for the turn after the
 * tools have run, so this is shared by all chat models of the process. Those that were not asked for
 * the longest are forgotten.
 */
const answerOfCall = new Map<string, CachedAnswer>();
/** All of them, the one that was asked for last at the end, with their sizes. */
const sizes = new Map<CachedAnswer, number>();
let characters = 0;
let renamed = 0;

/**
 * Keeps an answer until its tools have run.
 *
 * @returns it with the ids to give to n8n: some models count their calls anew in each conversation, and
 * some give two calls the same one
 */
export function setAnswer(answer: Omit<CachedAnswer, 'calls'> & { calls: ToolCall[] }) {
	const own = new Set<string>();
	const calls = answer.calls.map((call) => {
		const isRepeated = own.has(call.id);
		own.add(call.id);
		const givenId = isRepeated ? newId(call.id) : freeId(call.id);
		return { ...call, id: isRepeated ? givenId : call.id, givenId };
	});
	const kept: CachedAnswer = { ...answer, calls };
	keep(kept);
	return kept;
}

function keep(answer: CachedAnswer): void {
	const size = JSON.stringify(answer).length;
	for (const { givenId } of answer.calls) answerOfCall.set(givenId, answer);
	sizes.set(answer, size);
	characters += size;
	while (sizes.size > MAX_ANSWERS || characters > MAX_CHARACTERS) evictOldest();
}

const freeId = (id: string): string => (id && !answerOfCall.has(id) ? id : newId(id));

function newId(id: string): string {
	renamed++;
	return `${id || 'call'}_${Date.now().toString(36)}${renamed}`;
}

function evictOldest(): void {
	const [[oldest, size]] = sizes;
	for (const { givenId } of oldest.calls) answerOfCall.delete(givenId);
	sizes.delete(oldest);
	characters -= size;
}

/** The answer that this call was part of, if it is remembered. */
export function getAnswer({ id, name, arguments: given }: ToolCall): CachedAnswer | undefined {
	const answer = answerOfCall.get(id);
	const call = answer?.calls.find(({ givenId }) => givenId === id);
	if (!answer || call?.name !== name || !isSameJson(call.arguments, given)) return undefined;
	const size = sizes.get(answer)!;
	sizes.delete(answer);
	sizes.set(answer, size);
	return answer;
}

/**
 * What of an answer n8n has to keep, so that another process can go on with it (an approval, queue
 * mode): its signed or encrypted parts, which n8n's agents would lose.
 *
 * @returns `undefined` where nothing would be lost
 */
export function toCarriedAnswer(answer: CachedAnswer): string | undefined {
	const { reasoning, calls } = answer;
	const isSigned =
		reasoning !== undefined &&
		(reasoning.parts.length > 0 || Object.keys(reasoning.fields).some((name) => !TEXTS.has(name)));
	return isSigned || calls.some(({ extra }) => extra) ? MARK + JSON.stringify(answer) : undefined;
}

/** Reasoning that is text alone, which n8n's agents keep. */
const TEXTS = new Set(['reasoning_content', 'reasoning']);
const MARK = 'aimlapi:';

/** Takes back what `toCarriedAnswer` made, unless this process knows the answer itself. */
export function restoreCarriedAnswer(carried: unknown): void {
	if (typeof carried !== 'string' || !carried.startsWith(MARK)) return;
	const answer = tryParse(carried.slice(MARK.length)) as CachedAnswer | undefined;
	const isKnown = answer?.calls.some(({ givenId }) => answerOfCall.has(givenId)) ?? true;
	if (!isKnown) keep(answer!);
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
	answerOfCall.clear();
	sizes.clear();
	characters = 0;
}
