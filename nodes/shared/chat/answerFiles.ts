import { isRecord, type Json } from '../json';
import { mimeTypeOfName, normalizeMimeType, parseDataUrl } from '../mimeTypes';

/** A file that a chat model made as part of its answer. */
export interface AnswerFile {
	/** http(s) URL; absent if the answer contains the file. */
	url?: string;
	/** The content, if the answer contains the file. */
	base64?: string;
	/** As the answer names it; '' or absent if it doesn't. */
	mimeType?: string;
	fileName?: string;
}

/**
 * The files of a chat message in any known form: `images[].image_url.url`, content parts with a URL,
 * `inline_data`, `source` or `b64_json`, data URLs in the text, and `audio`.
 */
export function parseAnswerFiles({ images, audio, content }: Json): AnswerFile[] {
	const parts = [content].flat();
	const texts = parts.flatMap((part) => (typeof part === 'string' ? part : textOfPart(part)));
	const found = [
		...[images ?? []].flat().flatMap(parseFile),
		...parts.filter(isRecord).filter(isMedium).flatMap(parseFile),
		...texts.flatMap((text) => takeFiles(text).files),
		...parseFile(isRecord(audio) ? audio : undefined),
	];
	return [...new Map(found.map((file) => [file.base64 ?? file.url, file])).values()];
}

/** The file in an object of any form that models use, or in a URL or data URL; an empty list if none. */
export function parseFile(value: unknown): AnswerFile[] {
	const file = parseAt(value, MAX_DEPTH);
	return file ? [file] : [];
}

/** How deeply the objects around a file may be nested. */
const MAX_DEPTH = 3;

function parseAt(value: unknown, depth: number): AnswerFile | undefined {
	if (typeof value === 'string') return parseReference(value);
	if (!isRecord(value) || !depth) return undefined;
	const reference = find(value, ADDRESS_KEYS, parseReference);
	const bytes = find(value, BYTES_KEYS, parseBytes);
	const own = { ...reference, ...bytes };
	if (own.url === undefined && own.base64 === undefined) {
		const inner = NESTED_KEYS.map((key) => value[key]).filter(isRecord);
		return inner.map((part) => parseAt(part, depth - 1)).find((file) => file !== undefined);
	}
	const mimeType = declaredType(value) || own.mimeType;
	const fileName = [value.file_name, value.filename].find(isText);
	return { ...own, ...(mimeType && { mimeType }), ...(fileName && { fileName }) };
}

const ADDRESS_KEYS = ['url', 'uri', 'file_uri', 'image_url', 'audio_url', 'video_url', 'file_url'];
const BYTES_KEYS = ['b64_json', 'base64', 'image_base64', 'data', 'file_data', 'result'];
/** Properties of a part that may be an object with the file. */
const NESTED_KEYS = [
	...['image_url', 'audio_url', 'video_url', 'inline_data', 'inlineData', 'file_data', 'fileData'],
	...['source', 'image', 'audio', 'video', 'file', 'input_audio', 'output_audio', 'output_image'],
];

/** Whether a part may be a file. Text, reasoning, tool calls and sources are not, even with a URL. */
const isMedium = ({ type }: Json): boolean => typeof type !== 'string' || !NO_MEDIUM.test(type);

const NO_MEDIUM =
	/text|refusal|think|thought|reason|tool|call|annotation|citation|reference|source|search|link/;

const textOfPart = (part: unknown): string[] =>
	isRecord(part) && typeof part.text === 'string' ? [part.text] : [];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function find(
	value: Json,
	keys: string[],
	parse: (text: string) => AnswerFile | undefined,
): AnswerFile | undefined {
	const texts = keys.map((key) => value[key]).filter(isText);
	return texts.map(parse).find((file) => file !== undefined);
}

function parseReference(text: string): AnswerFile | undefined {
	if (/^https?:\/\/\S+$/i.test(text)) return { url: text };
	return parseDataUrl(text);
}

/** Bare base64; text with spaces isn't. */
function parseBytes(text: string): AnswerFile | undefined {
	return (
		parseReference(text) ??
		(/^[A-Za-z0-9+/_-]{16,}=*\s*$/.test(text) ? { base64: text } : undefined)
	);
}

/** The MIME type that a part names, or that of its format: 'wav' → 'audio/wav'. */
function declaredType(value: Json): string {
	const { mime_type, mimeType, media_type, content_type } = value;
	const declared = [mime_type, mimeType, media_type, content_type].find(isText);
	if (declared) return normalizeMimeType(declared);
	return typeOfFormat([value.format, value.output_format].find(isText) ?? '');
}

/** The MIME type of a format as models name it; '' if unknown. */
export const typeOfFormat = (format: string): string =>
	/^pcm/.test(format) ? 'audio/pcm' : (mimeTypeOfName(`file.${format}`) ?? '');

/**
 * Takes the files out of a text: images in Markdown, and data URLs on a line of their own. A data URL
 * within a line or in code is part of the text.
 */
export function takeFiles(text: string): { text: string; files: AnswerFile[] } {
	if (!text.includes('data:')) return { text, files: [] };
	const shown = takeImages(text);
	const files = [...shown.files];
	const lines = shown.text.split('\n').filter((line) => {
		const file = parseDataUrl(line.trim());
		const isAlone = file !== undefined && !/\s/.test(line.trim());
		if (isAlone) files.push(file);
		return !isAlone;
	});
	return files.length ? { text: lines.join('\n').trim(), files } : { text, files };
}

/** Between the description of a Markdown image and its data URL. */
export const IMAGE = '](data:';

function takeImages(text: string): { text: string; files: AnswerFile[] } {
	const files: AnswerFile[] = [];
	let rest = '';
	let from = 0;
	for (let at = text.indexOf(IMAGE); at >= 0; at = text.indexOf(IMAGE, from)) {
		const end = text.indexOf(')', at);
		if (end < 0) break;
		const before = text.slice(from, at);
		const start = before.lastIndexOf('![');
		const file = start < 0 ? undefined : parseDataUrl(text.slice(at + 2, end));
		rest += file ? before.slice(0, start) : text.slice(from, end + 1);
		if (file) files.push(file);
		from = end + 1;
	}
	return { text: rest + text.slice(from), files };
}

/** Joins two pieces of base64, each of which may be padded. */
export const joinBase64 = (one: string, other: string): string =>
	one.includes('=')
		? Buffer.concat([one, other].map((piece) => Buffer.from(piece, 'base64'))).toString('base64')
		: one + other;
