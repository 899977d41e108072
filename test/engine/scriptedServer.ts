/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test server, never published */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server got it. */
export interface ScriptedRequest {
	method: string;
	/** With the query. */
	path: string;
	body: string;
}

/** Answers a request, or does with it what a broken server does. */
export type Answer = (response: ServerResponse, request: ScriptedRequest) => void;

/** A server on loopback that answers each path as a test says, for what the sandbox never does. */
export interface ScriptedServer {
	url: string;
	requests: ScriptedRequest[];
	/** Replaces what is answered, by method and path without query; others get 404. */
	answer(answers: Record<string, Answer>): void;
	/** How many requests began with this, e.g. 'POST /v2/video'. */
	count(start: string): number;
	close(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
	let answers: Record<string, Answer> = {};
	const requests: ScriptedRequest[] = [];
	const server: Server = createServer((message, response) => {
		void readBody(message).then((body) => {
			const request = { method: message.method!, path: message.url!, body };
			requests.push(request);
			const answer = answers[`${request.method} ${request.path.split('?')[0]}`];
			if (answer) answer(response, request);
			else response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"-"}');
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		answer(next) {
			answers = next;
			requests.length = 0;
		},
		count: (start) =>
			requests.filter(({ method, path }) => `${method} ${path}`.startsWith(start)).length,
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

async function readBody(message: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of message) parts.push(part as Buffer);
	return Buffer.concat(parts).toString('utf8');
}

export const json =
	(body: unknown, status = 200): Answer =>
	(response) =>
		void response
			.writeHead(status, { 'content-type': 'application/json' })
			.end(typeof body === 'string' ? body : JSON.stringify(body));

export const bytes =
	(content: Buffer | string, contentType?: string, status = 200): Answer =>
	(response) =>
		void response
			.writeHead(status, contentType === undefined ? {} : { 'content-type': contentType })
			.end(content);

/** Sends a little of what it announces, then closes the connection. */
export const brokenOff =
	(start: Buffer, announced = 1_000_000): Answer =>
	(response) => {
		response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': String(announced) });
		response.write(start, () => setTimeout(() => response.destroy(), 20));
	};

/** One answer after the other; the last stays. */
export function inTurn(...answers: Answer[]): Answer {
	let next = 0;
	return (response, request) => answers[Math.min(next++, answers.length - 1)](response, request);
}
