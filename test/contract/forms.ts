import { createHash } from 'crypto';
import type { SampleFile } from './sampleFiles';
import { bodySchema, isObject, type ApiDocument } from './schema';
import { valueValidator } from './validator';

type Json = Record<string, unknown>;

/** A file as the API's parser of multipart forms describes it. */
export const asUpload = (fieldname: string, { fileName, mimeType, bytes }: SampleFile): Json => ({
	fieldname,
	originalname: fileName,
	encoding: '7bit',
	mimetype: mimeType,
	size: bytes.length,
	sha256: createHash('sha256').update(bytes).digest('hex'),
});

export const isUpload = (value: unknown): value is Json =>
	isObject(value) && 'sha256' in value && 'originalname' in value;

/** What arrives of a body that goes out as a form: texts, and no difference between one and a list of one. */
export const asForm = (body: Json): Json =>
	Object.fromEntries(
		Object.entries(body).flatMap(([name, value]) => {
			const parts = (Array.isArray(value) ? value : [value]).map(asPart);
			if (!parts.length) return [];
			return [[name, parts.length === 1 ? parts[0] : parts]];
		}),
	);

function asPart(value: unknown): unknown {
	if (isUpload(value)) return value;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A form that arrived as the JSON that it stands for: each value as its schema wants it. */
export function fromForm(form: Json, document: ApiDocument): Json {
	const { properties = {} } = bodySchema(document);
	return Object.fromEntries(
		Object.entries(form).map(([name, value]) => {
			const validate = valueValidator(properties[name] ?? {}, document);
			const [typed = value] = readings(value).filter((reading) => validate(reading));
			return [name, typed];
		}),
	);
}

/** What a value of a form may stand for. */
function readings(value: unknown): unknown[] {
	const parsed = Array.isArray(value) ? value.map(parse) : parse(value);
	return [value, parsed, [value], [parsed]];
}

function parse(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}
