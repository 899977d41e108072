/** A file's content, which can be read more than once. */
export interface FileContent {
	/** In bytes; absent if it isn't known before the file is read. */
	size?: number;
	/** Reads it from the start. */
	stream(): AsyncIterable<Uint8Array>;
}

export const contentOfBytes = (bytes: Uint8Array): FileContent => ({
	size: bytes.length,
	async *stream() {
		yield bytes;
	},
});

/** A file part of a multipart form. */
export class FormFile {
	constructor(
		readonly name: string,
		readonly type: string,
		private readonly content: FileContent,
	) {}

	/** In bytes; NaN if unknown, so that the form is sent in chunks. */
	get size(): number {
		return this.content.size ?? NaN;
	}

	stream(): AsyncIterable<Uint8Array> {
		return this.content.stream();
	}
}

/**
 * A multipart form that streams its files, again on each retry. It has the shape of `FormData`, so
 * n8n's HTTP client (axios, `isSpecCompliantForm`) sends it as one; a real `FormData` accepts only
 * Blobs, which keep a copy of the file in memory.
 */
export class FormBody {
	readonly [Symbol.toStringTag] = 'FormData';

	private readonly parts: Array<[name: string, value: string | FormFile]> = [];

	append(name: string, value: string | FormFile): void {
		this.parts.push([name, value]);
	}

	entries(): Iterable<[string, string | FormFile]> {
		return this.parts;
	}

	[Symbol.iterator](): Iterator<[string, string | FormFile]> {
		return this.parts[Symbol.iterator]();
	}
}

/** A body with files as a form: lists as repeated parts, objects as JSON. Other bodies stay JSON. */
export function toMultipart(body: Record<string, unknown>): Record<string, unknown> | FormBody {
	const parts = Object.entries(body).flatMap(([name, value]) =>
		(Array.isArray(value) ? (value as unknown[]) : [value]).map((part) => [name, part] as const),
	);
	if (!parts.some(([, part]) => part instanceof FormFile)) return body;
	const form = new FormBody();
	for (const [name, part] of parts) form.append(name, toPart(part));
	return form;
}

function toPart(value: unknown): string | FormFile {
	if (value instanceof FormFile) return value;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
