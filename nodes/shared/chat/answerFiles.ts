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
	typeof type !== 'string' || !/text|refusal|think|reason|tool|call|annotation|citation/.test(type);

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
 * Parts a text from the files that are written into it: as Markdown shows an image, or as a data URL
 * alone in its line. One in the middle of a text or of code is part of what the model says.
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

/** What stands between the description of an image in Markdown and the data URL of it. */
const IMAGE = '](data:';

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

/** Joins two pieces of a file in base64, each of which may have been padded. */
export const joinBase64 = (one: string, other: string): string =>
	one.includes('=')
		? Buffer.concat([one, other].map((piece) => Buffer.from(piece, 'base64'))).toString('base64')
		: one + other;
