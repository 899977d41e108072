import { isRecord } from '../../shared/json';
import { mimeTypeOfBytes, SIGNATURE_LENGTH } from '../../shared/mimeTypes';

/** A file that an answer names or contains. */
export interface OutputFile {
	/** http(s) address; absent where the bytes came along. */
	url?: string;
	/** The bytes, where they came along in base64. */
	base64?: string;
	/** The bytes, where they are the answer. */
	bytes?: Buffer;
	/** What the answer says of the file; the file's own server knows better. */
	mimeType?: string;
	fileName?: string;
}

/** Parts of an answer that are about the call, not about what it made. */
const METADATA_KEYS = new Set(['meta', 'usage', 'error', 'request', 'input', 'model', 'id']);
const BASE64_KEYS = ['b64_json', 'base64', 'image_base64'];

/**
 * The files of an answer, in its order, wherever they stand: the API's models put them under `data`,
 * `images`, `video`, `audio_file`, `model_mesh` and more, as objects, lists or bare addresses.
 */
export function findOutputFiles(body: unknown): OutputFile[] {
	const found = collectFiles(body);
	const seen = new Set<string>();
	return found.filter(({ url, base64 }) => {
		const key = url ?? base64 ?? '';
		return !seen.has(key) && seen.add(key);
	});
}

function collectFiles(value: unknown): OutputFile[] {
	if (typeof value === 'string') return parseReference(value);
	if (Array.isArray(value)) return value.flatMap(collectFiles);
	if (!isRecord(value)) return [];
	const own = parseFileObject(value);
	if (own) return [own];
	return Object.entries(value)
		.filter(([key]) => !METADATA_KEYS.has(key))
		.flatMap(([, entry]) => collectFiles(entry));
}

function parseReference(text: string): OutputFile[] {
	if (/^https?:\/\/\S+$/i.test(text)) return [{ url: text }];
	const inline = parseInlineFile(text);
	if (inline) return [inline];
	return isFileInBase64(text) ? [{ base64: text }] : [];
}

/** A data URL. */
function parseInlineFile(text: string): OutputFile | undefined {
	const [, mimeType, base64] = /^data:([^;,]+);base64,(.+)$/s.exec(text) ?? [];
	return base64 === undefined ? undefined : { mimeType, base64 };
}

/** Whether a text is a file in base64: what it begins with tells, as in a file. */
function isFileInBase64(text: string): boolean {
	const start = text.slice(0, SIGNATURE_LENGTH * 2);
	if (start.length < SIGNATURE_LENGTH || !/^[A-Za-z0-9+/]+=*$/.test(start)) return false;
	return mimeTypeOfBytes(Buffer.from(start, 'base64')) !== undefined;
}

function parseFileObject(value: Record<string, unknown>): OutputFile | undefined {
	const text = BASE64_KEYS.map((key) => value[key]).find(isText);
	const bytes = text === undefined ? undefined : (parseInlineFile(text) ?? { base64: text });
	const [reference] = isText(value.url) ? parseReference(value.url) : [];
	if (!reference && !bytes) return undefined;
	const told = [value.content_type, value.mime_type].find(isText);
	return {
		...reference,
		...bytes,
		mimeType: told ?? bytes?.mimeType ?? reference?.mimeType,
		fileName: [value.file_name, value.filename].find(isText),
	};
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
