import type { IDataObject } from 'n8n-workflow';
import { parseChoices, type ChatAnswer, type ToolCall } from '../../../shared/chat/completion';
import { isRecord } from '../../../shared/json';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { parseUsage, type Usage } from '../../../shared/transport/usage';
import { parseJob, type Job } from '../../run/job';
import { parseResultLines, type BatchLine, type ResultLine } from './resultLines';

/** The status of a batch: `processing_status`, or `status` in the response to canceling. */
export function parseBatchJob(response: ApiResponse, knownId = ''): Job {
	if (parseResultLines(response.text)) return { id: knownId, status: 'ended', state: 'done' };
	const body = isRecord(response.json) ? response.json : {};
	return parseJob({ ...body, status: body.processing_status ?? body.status }, false, knownId);
}

/** An item with the status of a batch. */
export function toBatchItem(response: ApiResponse, knownId = ''): IDataObject {
	const { id, status, state } = parseBatchJob(response, knownId);
	const body = isRecord(response.json) ? response.json : {};
	const counts = isRecord(body.request_counts) ? toCounts(body.request_counts) : undefined;
	return {
		batchId: id,
		status,
		ended: state !== 'pending',
		...(counts && {
			requestCount: counts.total ?? sum(Object.values(counts)),
			requestCounts: counts,
		}),
		...toTime('createdAt', body.created_at),
		...toTime('expiresAt', body.expires_at),
	};
}

/** A time as text; OpenAI's form has seconds since 1970. */
function toTime(name: string, value: unknown): IDataObject {
	if (typeof value === 'string') return { [name]: value };
	const time = new Date(typeof value === 'number' ? value * 1000 : NaN);
	return Number.isNaN(time.getTime()) ? {} : { [name]: time.toISOString() };
}

const toCounts = (counts: Record<string, unknown>): Record<string, number> =>
	Object.fromEntries(Object.entries(counts).map(([state, count]) => [state, Number(count) || 0]));

const sum = (figures: number[]): number => figures.reduce((total, figure) => total + figure, 0);

/** The item of a result, or of a line that can't be parsed. */
export const toLineItem = (line: ResultLine, batchId: string): IDataObject =>
	line.text === undefined
		? toResultItem(line.result, batchId)
		: toUnreadableItem(line.text, batchId);

export function toUnreadableItem(text: string, batchId: string): IDataObject {
	return {
		error: {
			message: `A result of the batch can't be read: ${text.slice(0, 100)}`,
			description:
				"The other results are not affected. Run 'Get Batch Results' again. If it keeps happening, look at the result's text.",
			text: text.slice(0, MAX_TEXT_LENGTH),
			batchId,
		},
	};
}

/** In characters, of a result that can't be parsed. */
const MAX_TEXT_LENGTH = 10_000;

/**
 * The item of a result. For a failed request it has the form of a failed item, so that n8n sends it to
 * the error branch if there is one.
 */
function toResultItem(line: BatchLine, batchId: string): IDataObject {
	const customId = String(line.custom_id ?? '');
	const result = isRecord(line.result) ? line.result : parseOpenAiResult(line);
	const { message } = result;
	if (!isRecord(message)) return { error: { ...toFailure(result), customId, batchId } };
	const usage = toMessageUsage(message);
	const [answer = parseMessage(message)] = parseChoices(message);
	return {
		customId,
		...answer,
		model: String(message.model ?? ''),
		id: String(message.id ?? ''),
		...(usage && { usage }),
	} as IDataObject;
}

/** A result in OpenAI's form, whose message is a chat completion. */
function parseOpenAiResult({ response, error }: BatchLine): Record<string, unknown> {
	const body = isRecord(response) && isRecord(response.body) ? response.body : {};
	const code = isRecord(error) && typeof error.code === 'string' ? error.code : 'errored';
	return {
		type: code.replace('batch_', '').replace('cancelled', 'canceled'),
		error: error ?? body.error,
		...(Array.isArray(body.choices) && { message: body }),
	};
}

function toFailure({ type, error }: Record<string, unknown>): IDataObject {
	const inner = isRecord(error) && isRecord(error.error) ? error.error : error;
	const said = isRecord(inner) ? inner.message : inner;
	const kind = String(type ?? 'errored');
	return {
		message: typeof said === 'string' && said ? said : `The request ended as '${kind}'`,
		description: NEXT_STEPS[kind] ?? NEXT_STEPS.errored,
		type: isRecord(inner) && typeof inner.type === 'string' ? inner.type : kind,
	};
}

const NEXT_STEPS: Record<string, string> = {
	errored: 'Correct this request and send it in a new batch. The others are not affected.',
	canceled: 'The batch was canceled before this request was processed. Send it in a new batch.',
	expired: 'The batch expired before this request was processed. Send it in a new batch.',
};

/** Converts a message in Anthropic's form, as in batches, to the form of all chat output. */
export function parseMessage(message: Record<string, unknown>): ChatAnswer {
	const parts = partsOf(message.content);
	const reasoning = joinTexts(parts, 'thinking');
	const toolCalls = parts.filter(({ type }) => type === 'tool_use').map(toToolCall);
	const reason = String(message.stop_reason ?? 'end_turn');
	return {
		text: joinTexts(parts, 'text'),
		...(reasoning && { reasoning }),
		...(toolCalls.length && { toolCalls }),
		finishReason: FINISH_REASONS[reason] ?? reason,
	};
}

/** The tokens of a message, with the total, which Anthropic's form leaves out. */
function toMessageUsage(message: Record<string, unknown>): Usage | undefined {
	const usage = parseUsage(message);
	if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return usage;
	return { ...usage, totalTokens: usage.totalTokens ?? usage.inputTokens + usage.outputTokens };
}

const FINISH_REASONS: Record<string, string> = {
	end_turn: 'stop',
	stop_sequence: 'stop',
	max_tokens: 'length',
	tool_use: 'tool_calls',
	refusal: 'content_filter',
};

function partsOf(content: unknown): Array<Record<string, unknown>> {
	if (typeof content === 'string') return [{ type: 'text', text: content }];
	return Array.isArray(content) ? content.filter(isRecord) : [];
}

const joinTexts = (parts: Array<Record<string, unknown>>, name: 'text' | 'thinking'): string =>
	parts.map((part) => (typeof part[name] === 'string' ? part[name] : '')).join('');

const toToolCall = ({ id, name, input }: Record<string, unknown>): ToolCall => ({
	id: String(id ?? ''),
	name: String(name ?? ''),
	arguments: input ?? {},
});
