import { isRecord } from '../../shared/json';
import { mimeTypeOfName, parseDataUrl } from '../../shared/mimeTypes';
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

type Part = Record<string, unknown>;

/** Converts files in OpenAI's and Anthropic's forms, which LangChain passes on unchanged. */
function toStandardPart(part: Part): Part {
	const type = String(part.type);
	const inner = part[type];
	if (type === 'input_audio' && isRecord(inner)) {
		const { data, format } = inner;
		return {
			type: 'audio',
			mimeType: mimeTypeOfName(`.${String(format)}`) ?? `audio/${format}`,
			data,
		};
	}
	if (type === 'file' && isRecord(inner)) {
		return toFilePart('file', inner.file_data, { filename: inner.filename });
	}
	if (URL_PARTS.has(type)) {
		const { url, detail } = isRecord(inner) ? inner : { url: inner, detail: undefined };
		return toFilePart(type.replace('_url', ''), url, { detail });
	}
	if (isRecord(part.source)) {
		const { media_type: mimeType, data, url } = part.source;
		const file = data === undefined ? { url } : { data };
		return { type: type === 'document' ? 'file' : type, mimeType, ...file };
	}
	return { ...part, mimeType: part.mimeType ?? part.mime_type };
}

const URL_PARTS = new Set(['image_url', 'video_url', 'audio_url']);

/** @param reference a URL or data URL */
function toFilePart(type: string, reference: unknown, about: Part): Part {
	const inline = parseDataUrl(String(reference));
	const metadata = Object.entries(about).filter(([, value]) => value !== undefined);
	return {
		type,
		...(inline ? { mimeType: inline.mimeType, data: inline.base64 } : { url: reference }),
		...(metadata.length && { metadata: Object.fromEntries(metadata) }),
	};
}
