import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../shared/json';

/** Base64 of at least this many characters is a file, not an ID. */
const MIN_FILE_CHARACTERS = 256;
/** A list of at least this many numbers is a vector, which is of no use to a model. */
const MIN_VECTOR_LENGTH = 32;

const BASE64 = /^[A-Za-z0-9+/_\r\n-]+=*$/;
const DATA_URL = /data:([\w.+\-/;=]+),([A-Za-z0-9+/_-]+=*)/g;

/**
 * An item as an agent's model should read it. n8n turns all of a tool's output into text, so files in
 * base64 and vectors are replaced by their size.
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
