import type { Reasoning } from '../../shared/chat/reasoning';
import { isRecord, tryParse } from '../../shared/json';
import type { ToolCall } from './conversation';

/** An answer with tool calls as the model returned it; n8n passes back only parts of it. */
export interface CachedAnswer {
	model: string;
	text: string;
	reasoning?: Reasoning;
	calls: CachedCall[];
}

interface CachedCall extends ToolCall {
	/** The ID that n8n gets: the model's own, unless it is already in use. */
	givenId: string;
}

/** Limits of the cache: answers, and their total length in characters. */
const MAX_ANSWERS = 20_000;
const MAX_CHARACTERS = 50_000_000;

/**
 * Answers by the IDs of their calls, shared by all chat models of the process, since n8n's agents create
 * a new one for each turn. The least recently used answers are dropped.
 */
const answerOfCall = new Map<string, CachedAnswer>();
/** The size of each answer, most recently used last. */
const sizes = new Map<CachedAnswer, number>();
let characters = 0;
let renamed = 0;

/**
 * Caches an answer until its tools have run.
 *
 * @returns the answer with unique IDs for n8n: some models number their calls per conversation, or use an
 * ID twice
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

/** The answer that this call belongs to, if cached. */
export function getAnswer(given: ToolCall): CachedAnswer | undefined {
	const answer = answerOfCall.get(given.id);
	const call = answer?.calls.find(({ givenId }) => givenId === given.id);
	if (!answer || !call || !isSameCall(call, given)) return undefined;
	const size = sizes.get(answer)!;
	sizes.delete(answer);
	sizes.set(answer, size);
	return answer;
}

/**
 * Serializes what another process needs to continue (after an approval, in queue mode): the signed or
 * encrypted parts of an answer, which n8n's agents would drop.
 *
 * @returns `undefined` if nothing would be lost
 */
export function toCarriedAnswer(answer: CachedAnswer): string | undefined {
	const { reasoning, calls } = answer;
	const isSigned =
		reasoning !== undefined &&
		(reasoning.parts.length > 0 || Object.keys(reasoning.fields).some((name) => !TEXTS.has(name)));
	return isSigned || calls.some(({ extra }) => extra) ? MARK + JSON.stringify(answer) : undefined;
}

/** Plain-text reasoning, which n8n's agents keep. */
const TEXTS = new Set(['reasoning_content', 'reasoning']);
const MARK = 'aimlapi:';

/** Restores what `toCarriedAnswer` serialized, unless the answer is cached. */
export function restoreCarriedAnswer(carried: unknown): void {
	if (typeof carried !== 'string' || !carried.startsWith(MARK)) return;
	const answer = tryParse(carried.slice(MARK.length)) as CachedAnswer | undefined;
	if (answer && !answer.calls.some(({ givenId }) => answerOfCall.has(givenId))) keep(answer);
}

/**
 * The id to give n8n for a call. For a call that a person has to approve, n8n keeps only the id and the
 * tool's input, so the id carries the answer to whichever process continues.
 */
export const toGivenId = (answer: CachedAnswer, { givenId, arguments: own }: CachedCall): string =>
	parseReviewedInput(own) ? givenId + MARK + JSON.stringify(answer) : givenId;

/** The id without the answer that it may carry, which is put back into the cache. */
export function fromGivenId(id: string): string {
	const at = id.indexOf(MARK);
	if (at < 0) return id;
	restoreCarriedAnswer(id.slice(at));
	return id.slice(0, at);
}

/** The tool's input, if the arguments are wrapped by n8n's human review. */
function parseReviewedInput(json: string): Record<string, unknown> | undefined {
	const given = tryParse(json);
	if (!isRecord(given) || !('toolParameters' in given)) return undefined;
	const { toolParameters } = given;
	return isRecord(toolParameters) ? toolParameters : { input: toolParameters };
}

/**
 * Compares calls, since some models use an ID again. n8n parses and rewrites the input, unwraps one that was
 * approved, overwrites its properties `id` and `tool`, and may name the tool after its node.
 */
function isSameCall(own: ToolCall, given: ToolCall): boolean {
	const input = inputOf(given.arguments);
	return inputOf(own.arguments) === input && (own.name === given.name || input !== '{}');
}

function inputOf(json: string): string {
	const input = parseReviewedInput(json) ?? (JSON.parse(json) as Record<string, unknown>);
	const kept = Object.entries(input).filter(([name]) => name !== 'id' && name !== 'tool');
	return canonical(Object.fromEntries(kept));
}

const canonical = (value: unknown): string =>
	JSON.stringify(value, (_, inner: unknown) =>
		inner !== null && typeof inner === 'object' && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);

/** Clears the cache. For tests. */
export function clearAnswers(): void {
	answerOfCall.clear();
	sizes.clear();
	characters = 0;
}
