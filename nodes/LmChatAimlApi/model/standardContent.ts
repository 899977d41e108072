import { isRecord } from '../../shared/json';
import type { Answer } from './parseAnswer';
import { restoreCarriedAnswer } from './toolCallCache';

/** The part of a LangChain message that is used here. */
export interface MessageOfLangChain {
	content: unknown;
	additional_kwargs?: Record<string, unknown>;
	response_metadata?: Record<string, unknown>;
}

/** Where n8n's agents keep an opaque text per call, across approvals and workers. */
const SIGNATURES = '__gemini_function_call_thought_signatures__';

/** The `additional_kwargs` of an answer, where n8n's agents look for reasoning and signatures. */
export function toAdditionalKwargs({ reasoning, carried, calls }: Answer): Record<string, unknown> {
	return {
		...(reasoning?.text && { reasoning_content: reasoning.text }),
		...(carried && { [SIGNATURES]: Object.fromEntries(calls.map(({ id }) => [id, carried])) }),
	};
}

/** Converts the content parts of a message to LangChain's standard form. */
export function toStandard<Message extends MessageOfLangChain>(message: Message): Message {
	const { content, additional_kwargs: extra } = message;
	const signatures = extra?.[SIGNATURES];
	if (isRecord(signatures)) Object.values(signatures).forEach(restoreCarriedAnswer);
	const reasoning = extra?.reasoning_content;
	const hasReasoning = typeof reasoning === 'string' && reasoning !== '';
	if (!Array.isArray(content) && !hasReasoning) return message;
	const parts = Array.isArray(content) ? content : [{ type: 'text', text: content }];
	const standard = parts.map((part) => (isRecord(part) ? toStandardPart(part) : part));
	const value = hasReasoning ? [{ type: 'reasoning', reasoning }, ...standard] : standard;
	return Object.create(message, { content: { value, enumerable: true } }) as Message;
}

function toStandardPart(part: Record<string, unknown>): Record<string, unknown> {
	if (part.type !== 'image_url') return { ...part, mimeType: part.mimeType ?? part.mime_type };
	const { url, detail } = isRecord(part.image_url)
		? part.image_url
		: { url: part.image_url, detail: undefined };
	const inline = /^data:([^;,]+);base64,(.*)$/s.exec(String(url));
	return {
		type: 'image',
		...(inline ? { mimeType: inline[1], data: inline[2] } : { url }),
		...(detail !== undefined && { metadata: { detail } }),
	};
}
