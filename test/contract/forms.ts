import { createHash } from 'crypto';
import { tryParse } from '../../sandbox/json';
import type { SampleFile } from './sampleFiles';
import { bodySchema, isObject, type ApiDocument } from './schema';
import { valueValidator } from './validator';

type Json = Record<string, unknown>;

/** An uploaded file as the API's form parser describes it. */
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

/** A body as it arrives in a form: as texts, and with a list of one as its only entry. */
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

/** An arrived form as JSON, with each value in the first interpretation that its schema accepts. */
export function fromForm(form: Json, document: ApiDocument): Json {
	const { properties = {} } = bodySchema(document);
	return Object.fromEntries(
		Object.entries(form).map(([name, value]) => {
			const validate = valueValidator(properties[name] ?? {}, document);
			const [typed = value] = interpretationsOf(value).filter((each) => validate(each));
			return [name, typed];
		}),
	);
}

function interpretationsOf(value: unknown): unknown[] {
	const parsed = Array.isArray(value) ? value.map(parse) : parse(value);
	return [value, parsed, [value], [parsed]];
}

function parse(value: unknown): unknown {
	const parsed = typeof value === 'string' ? tryParse(value) : undefined;
	return parsed === undefined ? value : parsed;
}
