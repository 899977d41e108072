import { isRecord } from '../../shared/json';
import type { ResponseMetadata } from './responseMetadata';

/** LangChain's result of a call: the answers of each conversation, with our metadata. */
interface AnswersOfLangChain {
	generations: Array<Array<{ generationInfo?: Record<string, unknown> }>>;
}

/** Estimates four bytes per token; LangChain itself would download a tokenizer. */
export function estimateTokens(content: unknown): number {
	const parts = Array.isArray(content) ? content : [content];
	const texts = parts.map((part) => (isRecord(part) ? String(part.text ?? '') : String(part)));
	return Math.ceil(Buffer.byteLength(texts.join('')) / 4);
}

/** Tokens and US dollars of an answer in n8n's form; n8n estimates zeros. */
export function toTokens({ generations }: AnswersOfLangChain) {
	const metadata = (generations[0]?.[0]?.generationInfo ?? {}) as Partial<ResponseMetadata>;
	const { inputTokens = 0, outputTokens = 0, totalTokens } = metadata.usage ?? {};
	return {
		promptTokens: inputTokens,
		completionTokens: outputTokens,
		totalTokens: totalTokens ?? inputTokens + outputTokens,
		...(metadata.cost && { cost: metadata.cost.usd }),
	};
}
