import { idFrom } from '../seededRandom';
import type { Catalog } from '../models/catalog';
import type { Model } from '../models/model';
import { CREDITS_PER_USD, type Cost } from '../models/pricing';
import { checkBody } from '../server/validation';
import { complete, type Completion } from './completion';

/** One request of a batch. */
export interface BatchRequest {
	custom_id: string;
	params: { model: string } & Record<string, unknown>;
}

/** The result of one request, a line of the batch's results. */
export interface ResultLine {
	custom_id: string;
	result: object;
}

interface BatchResult {
	line: ResultLine;
	credits: number;
}

/** Documented: half the price of the same requests one by one. */
const BATCH_DISCOUNT = 0.5;

/** Answers all requests; a rejected one becomes an `errored` line without cost. */
export function runBatch(
	requests: BatchRequest[],
	catalog: Catalog,
	batchId: string,
): { lines: ResultLine[]; cost: Cost } {
	const results = requests.map((request, index) =>
		runRequest(request, catalog, idFrom(batchId, index)),
	);
	const full = results.reduce((sum, { credits }) => sum + credits, 0);
	const credits = Math.ceil(full * BATCH_DISCOUNT);
	return {
		lines: results.map(({ line }) => line),
		cost: { credits, usd: credits / CREDITS_PER_USD },
	};
}

function runRequest(
	{ custom_id, params }: BatchRequest,
	catalog: Catalog,
	requestId: string,
): BatchResult {
	const model = catalog.find(params.model, '/v1/chat/completions');
	const refusal = refusalOf(model, params);
	if (!model || refusal !== undefined) {
		const error = { type: 'invalid_request_error', message: refusal };
		const result = { type: 'errored', error: { type: 'error', error } };
		return { line: { custom_id, result }, credits: 0 };
	}
	const { completion, cost } = complete({ model, body: params, requestId });
	const result = { type: 'succeeded', message: asMessage(completion) };
	return { line: { custom_id, result }, credits: cost.credits };
}

/** Why a request is rejected, if it is. Batches support only Claude. */
function refusalOf(model: Model | undefined, params: BatchRequest['params']): string | undefined {
	if (!model || !/claude/.test(model.id)) return `Model ${params.model} does not take batches`;
	try {
		checkBody(model.document, params);
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

/** A completion in Anthropic's form. */
function asMessage({ id, model, choices, usage }: Completion) {
	const [{ message, finish_reason }] = choices;
	return {
		id: id.replace('chatcmpl-', 'msg_'),
		type: 'message',
		role: 'assistant',
		model,
		content: [{ type: 'text', text: message.content ?? '' }],
		stop_reason: finish_reason === 'length' ? 'max_tokens' : 'end_turn',
		stop_sequence: null,
		usage: { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens },
	};
}
