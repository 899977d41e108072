import { isRecord } from '../json';
import { mimeTypeOfName, normalizeMimeType, parseDataUrl } from '../mimeTypes';

type Json = Record<string, unknown>;

/** A file that a chat model made as part of its answer. */
export interface AnswerFile {
	/** http(s) address; absent where the bytes came along. */
	url?: string;
	/** The bytes, where they came along. */
	base64?: string;
	/** What the answer says of it; '' and absence both mean nothing. */
	mimeType?: string;
	fileName?: string;
}

/**
 * The files of a chat message, in whichever of the known forms: `images[].image_url.url`, parts of
 * the content with an address, `inline_data`, `source` or `b64_json`, data URLs in the text, and
 * `audio`.
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

/** A file in a record of any of the forms that models use; a text is an address or a data URL. */
export function parseFile(value: unknown): AnswerFile[] {
	const file = parseAt(value, MAX_DEPTH);
	return file ? [file] : [];
}

/** How many records may stand in each other around a file. */
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
	const mimeType = toldType(value) || own.mimeType;
	const fileName = [value.file_name, value.filename].find(isText);
	return { ...own, ...(mimeType && { mimeType }), ...(fileName && { fileName }) };
}

const ADDRESS_KEYS = ['url', 'uri', 'file_uri', 'image_url', 'audio_url', 'video_url', 'file_url'];
const BYTES_KEYS = ['b64_json', 'base64', 'image_base64', 'data', 'file_data', 'result'];
/** Records of a part that hold what it is about. */
const NESTED_KEYS = [
	...['image_url', 'audio_url', 'video_url', 'inline_data', 'inlineData', 'file_data', 'fileData'],
	...['source', 'image', 'audio', 'video', 'file', 'input_audio', 'output_audio', 'output_image'],
];

/** Parts that are no file although they have an address or data: what is said, thought and called. */
const isMedium = ({ type }: Json): boolean =>
	type === undefined ||
	!/text|refusal|think|reason|tool|call|annotation|citation/.test(String(type));

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

/** Bytes in base64; what has blanks in it is a text. */
function parseBytes(text: string): AnswerFile | undefined {
	return (
		parseReference(text) ??
		(/^[A-Za-z0-9+/_-]{16,}=*\s*$/.test(text) ? { base64: text } : undefined)
	);
}

/** The type that a part names, or the one of its format: 'wav' → 'audio/wav'. */
function toldType(value: Json): string {
	const told = [value.mime_type, value.mimeType, value.media_type, value.content_type].find(isText);
	if (told) return normalizeMimeType(told);
	return typeOfFormat([value.format, value.output_format].find(isText) ?? '');
}

/** The type of a format as models name it; '' for one that is not known. */
export const typeOfFormat = (format: string): string =>
	/^pcm/.test(format) ? 'audio/pcm' : (mimeTypeOfName(`file.${format}`) ?? '');

/**
 * A file as Markdown shows an image, or a data URL alone in its line. One in the middle of a text or
 * of code is part of what the model says.
 */
const INLINE_FILE =
	/!\[[^\]]*\]\((data:[^)\s]+)\)|^[ \t]*(data:[\w.+-]+\/[\w.+-]+;base64,[A-Za-z0-9+/=_-]+)[ \t]*$/gm;

/** Parts a text from the files that are written into it. */
export function takeFiles(text: string): { text: string; files: AnswerFile[] } {
	if (!text.includes('data:')) return { text, files: [] };
	const files: AnswerFile[] = [];
	const rest = text.replace(INLINE_FILE, (whole, shown?: string, alone?: string) => {
		const file = parseDataUrl(shown ?? alone ?? '');
		if (!file) return whole;
		files.push(file);
		return '';
	});
	return files.length ? { text: rest.trim(), files } : { text, files };
}

/** Joins two pieces of a file in base64, each of which may have been padded. */
export const joinBase64 = (one: string, other: string): string =>
	one.includes('=')
		? Buffer.concat([one, other].map((piece) => Buffer.from(piece, 'base64'))).toString('base64')
		: one + other;
