import { isRecord, tryParse } from '../json';

/** An answer of the API: status, headers with names in lower case, and the body as it came. */
export class ApiResponse {
	private parsed?: { json: unknown };
	private parsedLines?: { values: Array<Record<string, unknown>> | undefined };

	constructor(
		readonly status: number,
		readonly headers: Record<string, unknown>,
		readonly bytes: Buffer,
	) {}

	/** The body as JSON, parsed once; `undefined` where it is none. */
	get json(): unknown {
		this.parsed ??= { json: tryParse(this.bytes.toString('utf8')) };
		return this.parsed.json;
	}

	/** The body as JSON Lines, parsed once; `undefined` unless each line is an object. */
	get jsonLines(): Array<Record<string, unknown>> | undefined {
		this.parsedLines ??= { values: parseLines(this.text) };
		return this.parsedLines.values;
	}

	get text(): string {
		return this.bytes.toString('utf8');
	}

	/** The same answer with that as its JSON: what a stream amounts to. */
	withJson(json: unknown): ApiResponse {
		return new ApiResponse(this.status, this.headers, Buffer.from(JSON.stringify(json) ?? ''));
	}

	/** Whether the body is a stream of server-sent events. */
	get isEventStream(): boolean {
		return /^\s*(data|event|:)/.test(this.bytes.subarray(0, 100).toString('utf8'));
	}

	header(name: string): string | undefined {
		const value = this.headers[name];
		return value === undefined || value === null ? undefined : String(value);
	}

	/** The API's id of the request, which its support asks for; for jobs also that of the job. */
	get requestId(): string | undefined {
		const inBody = (this.json as { requestId?: unknown } | undefined)?.requestId;
		return this.header('x-inference-id') ?? (typeof inBody === 'string' ? inBody : undefined);
	}
}

function parseLines(text: string): Array<Record<string, unknown>> | undefined {
	const values: Array<Record<string, unknown>> = [];
	for (const line of text.split('\n')) {
		if (line.trim() === '') continue;
		const value = tryParse(line);
		if (!isRecord(value)) return undefined;
		values.push(value);
	}
	return values.length ? values : undefined;
}
