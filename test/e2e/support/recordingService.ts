/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** An HTTP service on loopback that records requests and answers each with a reference. */
export interface RecordingService {
	url: string;
	received: Array<{ path: string; body: unknown }>;
	/** The HTTP status of its answers; initially 200. */
	status: number;
	close(): Promise<void>;
}

export async function startRecordingService(): Promise<RecordingService> {
	const received: RecordingService['received'] = [];
	const service = { received, status: 200 };
	const server = createServer((request, response) => {
		void json(request).then((body) => {
			received.push({ path: `${request.method} ${request.url}`, body });
			response.statusCode = service.status;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ reference: `reference-${received.length}` }));
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	};
	return Object.assign(service, { url: `http://127.0.0.1:${port}`, close });
}
