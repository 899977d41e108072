/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebServer {
	/** Without a trailing slash. */
	url: string;
	/** How many requests arrived. */
	requests: Array<{ method: string; url: string; body: string }>;
	/** How many connections are open. */
	openConnections(): Promise<number>;
	close(): Promise<void>;
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

/** A server on the loopback interface that answers as a test says, however wrong that is. */
export async function startWebServer(answer: Answer): Promise<WebServer> {
	const requests: WebServer['requests'] = [];
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const { method = '', url = '' } = request;
			requests.push({ method, url, body: Buffer.concat(parts).toString() });
			// A client that went away is no fault of the server's.
			response.on('error', () => {});
			void Promise.resolve(answer(response, request)).catch(() => response.destroy());
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		openConnections: async () => await countConnections(server),
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

const countConnections = async (server: Server): Promise<number> =>
	await new Promise((resolve, reject) =>
		server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
	);
