import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../shared/json';

/** Characters from which on base64 is a file, not an ID. */
const MIN_FILE_CHARACTERS = 256;
/** Numbers from which on a list is a vector, which no model reads. */
const MIN_VECTOR_LENGTH = 32;

const BASE64 = /^[A-Za-z0-9+/_\r\n-]+=*$/;
const DATA_URL = /data:([\w.+\-/;=]+),([A-Za-z0-9+/_-]+=*)/g;

/**
 * An item as the model of an agent should read it: n8n turns a tool's items into text, whatever is in
 * them. What is no text (files in base64, vectors) is told by its size instead.
 */
export function toToolOutput(json: IDataObject): IDataObject {
	return shorten(json) as IDataObject;
}

function shorten(value: unknown): unknown {
	if (typeof value === 'string') {
		const isFile = value.length >= MIN_FILE_CHARACTERS && BASE64.test(value.trimEnd());
		if (isFile) return omitted(value);
		return value.replace(DATA_URL, (url, head: string, data: string) =>
			head.endsWith(';base64') ? omitted(data) : url,
		);
	}
	if (Array.isArray(value)) {
		const isVector =
			value.length >= MIN_VECTOR_LENGTH && value.every((entry) => typeof entry === 'number');
		return isVector ? `[${value.length} numbers, left out]` : value.map(shorten);
	}
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shorten(entry)]));
}

const omitted = (base64: string): string =>
	`[file of about ${Math.ceil((base64.length * 3) / 4)} bytes, left out]`;
