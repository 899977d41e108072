/** A file's bytes, as often as they are asked for. */
export interface FileContent {
	/** Bytes in all; absent where that is not known before they are read. */
	size?: number;
	/** Reads it from its start. */
	stream(): AsyncIterable<Uint8Array>;
}

export const contentOfBytes = (bytes: Uint8Array): FileContent => ({
	size: bytes.length,
	async *stream() {
		yield bytes;
	},
});

/** A file as a part of a form. */
export class FormFile {
	constructor(
		readonly name: string,
		readonly type: string,
		private readonly content: FileContent,
	) {}

	/** NaN where it is not known; then the form is sent in chunks. */
	get size(): number {
		return this.content.size ?? NaN;
	}

	stream(): AsyncIterable<Uint8Array> {
		return this.content.stream();
	}
}

/**
 * A multipart form whose files are read while it is sent, again for each try. It has the shape of
 * `FormData`, by which n8n's HTTP client (axios, `isSpecCompliantForm`) takes it for one; a real one
 * takes nothing but a Blob, which holds a copy of the file in memory.
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

/** A body with files in it as a form: lists as repeated parts, objects as JSON. Others stay JSON. */
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
