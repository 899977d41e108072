import { isRecord } from '../schema/jsonSchema';

/** An answer of the API, read but not yet judged. */
export interface ApiResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	/** The body as it came. */
	bytes: Buffer;
}

/** What n8n's request helper returns with `returnFullResponse` and `encoding: 'arraybuffer'`. */
export interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

export function readResponse({ statusCode, headers, body }: FullResponse): ApiResponse {
	return { status: statusCode, headers, bytes: toBytes(body) };
}

function toBytes(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof ArrayBuffer) return Buffer.from(body);
	if (body === undefined || body === null) return Buffer.alloc(0);
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** The body as JSON; `undefined` where it is none. */
export function parseBody({ bytes }: ApiResponse): unknown {
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch {
		return undefined;
	}
}

export function header({ headers }: ApiResponse, name: string): string | undefined {
	const value = headers[name];
	return value === undefined || value === null ? undefined : String(value);
}

/** The API's id of the request, which its support asks for; for jobs also the id of the generation. */
export function requestId(response: ApiResponse): string | undefined {
	const body = parseBody(response);
	const inBody = isRecord(body) ? body.requestId : undefined;
	return header(response, 'x-inference-id') ?? (typeof inBody === 'string' ? inBody : undefined);
}
