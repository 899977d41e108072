import { isRecord, tryStringify } from '../../shared/json';
import { mimeTypeOfName, parseDataUrl } from '../../shared/mimeTypes';
import type { Answer } from './parseAnswer';
import { restoreCarriedAnswer } from './toolCallCache';

/** The part of a LangChain message that is used here. */
export interface MessageOfLangChain {
	content: unknown;
	tool_calls?: Array<{ id?: unknown }>;
	tool_call_id?: string;
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

/** Converts the content parts of a message to LangChain's standard form, and a tool's result to a text. */
export function toStandard<Message extends MessageOfLangChain>(message: Message): Message {
	const { content, tool_calls: calls = [], additional_kwargs: extra } = message;
	if (message.tool_call_id !== undefined) return withContent(message, toResultText(content));
	const signatures = extra?.[SIGNATURES];
	if (isRecord(signatures)) Object.values(signatures).forEach(restoreCarriedAnswer);
	const reasoning = extra?.reasoning_content;
	const thought =
		typeof reasoning === 'string' && reasoning ? [{ type: 'reasoning', reasoning }] : [];
	if (!Array.isArray(content) && !thought.length) return message;
	const parts = [content]
		.flat()
		.map((part) => (isRecord(part) ? toStandardPart(part) : { type: 'text', text: part }))
		.filter(({ type, id }) => type !== 'tool_call' || !calls.some((call) => call.id === id));
	return withContent(message, [...thought, ...parts]);
}

const withContent = <Message extends object>(message: Message, value: unknown): Message =>
	Object.create(message, { content: { value, enumerable: true } }) as Message;

/** The text of a tool's result; one with other parts, or that is no text, as JSON. */
function toResultText(content: unknown): string {
	if (typeof content === 'string') return content;
	const texts = [content]
		.flat()
		.map((part) => (isRecord(part) && part.type === 'text' ? part.text : null));
	return texts.includes(null) ? tryStringify(content) : texts.join('');
}

type Part = Record<string, unknown>;

/** Converts texts, calls and files in OpenAI's and Anthropic's forms, which LangChain passes on unchanged. */
function toStandardPart(part: Part): Part {
	const type = String(part.type);
	if (type === 'tool_use') {
		const { id, name, input } = part;
		return { type: 'tool_call', id, name, args: isRecord(input) ? input : {} };
	}
	const isSaid = isText(part.text) && !/reason|think/.test(type);
	if (isSaid || type === 'text') return { type: 'text', text: part.text ?? '' };
	const inner = part[type];
	if (type === 'input_audio' && isRecord(inner)) {
		const { data, format } = inner;
		return {
			type: 'audio',
			mimeType: mimeTypeOfName(`.${String(format)}`) ?? `audio/${format}`,
			data,
		};
	}
	const { file_data: data, filename } = isRecord(inner) ? inner : part;
	if (isText(data)) return toFilePart('file', data, { filename });
	const property = URL_PROPERTIES.find((name) => part[name] !== undefined);
	if (property) {
		const { [property]: given, detail: beside } = part;
		const { url, detail } = isRecord(given) ? given : { url: given, detail: beside };
		return toFilePart(property.replace('_url', ''), url, { detail });
	}
	if (isRecord(part.source)) {
		const { media_type: mimeType, data, url } = part.source;
		const file = data === undefined ? { url } : { data };
		return { type: type === 'document' ? 'file' : type, mimeType, ...file };
	}
	return { ...part, mimeType: part.mimeType ?? part.mime_type };
}

const URL_PROPERTIES = ['image_url', 'video_url', 'audio_url'];

const isText = (value: unknown): value is string => typeof value === 'string';

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
