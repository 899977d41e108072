/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test server, never published */
import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface ScriptedRequest {
	method: string;
	/** Path with the query. */
	url: string;
	headers: IncomingHttpHeaders;
	text: string;
	/** The text parsed, if it is JSON. */
	body: Record<string, unknown> | undefined;
}

/** Answers a request, or fails as a broken server would. */
export type Answer = (response: ServerResponse, request: ScriptedRequest) => void | Promise<void>;

/** A server on loopback with the answers of a test, for what the sandbox never does. */
export interface ScriptedServer {
	/** Without a trailing slash. */
	url: string;
	apiKey: string;
	/** What arrived, without the requests for the catalog. */
	requests: ScriptedRequest[];
	/** Replaces the answer and forgets the requests. */
	answer(next: Answer): void;
	/** How many requests begin with this method and path, e.g. 'POST /v2/video'. */
	count(start: string): number;
	openConnections(): Promise<number>;
	close(): Promise<void>;
}

/** @param answer to everything but the catalog, which is always 404 */
export async function startScriptedServer(answer: Answer = notFound): Promise<ScriptedServer> {
	let current = answer;
	const requests: ScriptedRequest[] = [];
	const handle = async (message: IncomingMessage, response: ServerResponse) => {
		const request = await receive(message);
		if (isCatalog(request)) return await notFound(response, request);
		requests.push(request);
		await current(response, request);
	};
	const server = createServer((message, response) => {
		// A client that goes away is no error of the server.
		response.on('error', () => {});
		void handle(message, response).catch(() => response.destroy());
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		apiKey: 'key',
		requests,
		answer(next) {
			current = next;
			requests.length = 0;
		},
		count: (start) =>
			requests.filter(({ method, url }) => `${method} ${url}`.startsWith(start)).length,
		openConnections: async () =>
			await new Promise((resolve, reject) =>
				server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
			),
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

const isCatalog = ({ url }: ScriptedRequest): boolean =>
	/^\/(v1\/models|models|model|docs-json)\b/.test(url);

async function receive(message: IncomingMessage): Promise<ScriptedRequest> {
	const parts: Buffer[] = [];
	for await (const part of message) parts.push(part as Buffer);
	const text = Buffer.concat(parts).toString('utf8');
	const { method = '', url = '', headers } = message;
	return { method, url, headers, text, body: parse(text) };
}

function parse(text: string): Record<string, unknown> | undefined {
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}

/** An answer as it is sent. */
export interface Reply {
	status?: number;
	/** The content type of JSON by default. */
	headers?: Record<string, string>;
	/** Objects are sent as JSON. */
	body?: string | Buffer | object;
	/** Destroys the connection after the body. */
	breaksOff?: boolean;
}

export const reply =
	({ status = 200, headers, body = '', breaksOff }: Reply): Answer =>
	(response) => {
		const isText = typeof body === 'string' || Buffer.isBuffer(body);
		response.writeHead(status, headers ?? { 'content-type': 'application/json' });
		const sent = isText ? body : JSON.stringify(body);
		if (!breaksOff) return void response.end(sent);
		response.write(sent, () => response.destroy());
	};

export const json = (body: object | string, status = 200): Answer => reply({ status, body });

export const bytes = (body: Buffer | string, contentType?: string, status = 200): Answer =>
	reply({
		status,
		body,
		headers: contentType === undefined ? {} : { 'content-type': contentType },
	});

const notFound = json({ message: '-' }, 404);

/** Sends less than it announces, then closes the connection. */
export const brokenOff =
	(start: Buffer, announced = 1_000_000): Answer =>
	(response) => {
		response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': String(announced) });
		response.write(start, () => setTimeout(() => response.destroy(), 20));
	};

/** One answer after the other; the last stays. */
export function inTurn(...answers: Answer[]): Answer {
	let next = 0;
	return async (response, request) =>
		await answers[Math.min(next++, answers.length - 1)](response, request);
}

/** An answer that depends on the request. */
export const answerBy =
	(choose: (request: ScriptedRequest) => Answer): Answer =>
	async (response, request) =>
		await choose(request)(response, request);

/** An answer for each method and path without query, e.g. 'POST /v1/tts'; others get 404. */
export const byPath = (answers: Record<string, Answer>): Answer =>
	answerBy(({ method, url }) => answers[`${method} ${url.split('?')[0]}`] ?? notFound);

/** A stream with a chunk for each of these choices, whose connection then breaks. */
export const brokenOffStream = (...choices: object[]): Answer =>
	reply({
		headers: { 'content-type': 'text/event-stream' },
		body: choices
			.map((choice) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`)
			.join(''),
		breaksOff: true,
	});
