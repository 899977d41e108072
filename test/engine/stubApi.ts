/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer as its bytes go over the wire. */
export interface StubAnswer {
	status?: number;
	headers?: Record<string, string>;
	/** Objects are sent as JSON. */
	body?: string | Buffer | object;
	/** Destroys the connection behind the body. */
	breaksOff?: boolean;
}

export interface StubRequest {
	method: string;
	path: string;
	headers: IncomingMessage['headers'];
	text: string;
	/** Parsed, where it is JSON. */
	body: Record<string, unknown> | undefined;
}

export interface StubApi {
	url: string;
	apiKey: string;
	/** All that was sent, but for the catalogue. */
	requests: StubRequest[];
	close(): Promise<void>;
}

type Answers = StubAnswer[] | ((request: StubRequest, count: number) => StubAnswer);

/**
 * A server that answers with exactly the bytes it is told, for what the sandbox, which is an API in good
 * order, never sends. It has no catalogue: those requests get 404.
 *
 * @param answers in their order, the last one for all further requests; or a function
 */
export async function startStubApi(answers: Answers): Promise<StubApi> {
	const requests: StubRequest[] = [];
	const server = createServer((request, response) => {
		void receive(request).then((received) => {
			if (isCatalogue(received.path)) return send(response, { status: 404, body: '{}' });
			requests.push(received);
			const count = requests.length;
			const answer =
				typeof answers === 'function'
					? answers(received, count)
					: answers[Math.min(count, answers.length) - 1];
			send(response, answer);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		apiKey: 'key',
		requests,
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

const isCatalogue = (path: string): boolean =>
	/^\/(v1\/models|models|model|docs-json)\b/.test(path);

async function receive(request: IncomingMessage): Promise<StubRequest> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const text = Buffer.concat(parts).toString('utf8');
	const { method = '', url = '', headers } = request;
	return { method, path: url, headers, text, body: parse(text) };
}

function parse(text: string): Record<string, unknown> | undefined {
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}

function send(
	response: ServerResponse,
	{ status = 200, headers, body = '', breaksOff }: StubAnswer,
): void {
	const isText = typeof body === 'string' || Buffer.isBuffer(body);
	response.writeHead(status, headers ?? { 'content-type': 'application/json' });
	const bytes = isText ? body : JSON.stringify(body);
	if (!breaksOff) return void response.end(bytes);
	response.write(bytes, () => response.destroy());
}
