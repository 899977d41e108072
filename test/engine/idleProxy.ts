/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test server, never published */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A proxy on loopback that cuts a connection when the server sends nothing for `silenceMs`, as many
 * proxies do.
 *
 * @param target the server's address
 */
export async function startIdleProxy(target: string, silenceMs: number) {
	const { hostname, port } = new URL(target);
	const open = new Set<Socket>();
	const server = createServer((client) => {
		const upstream = connect(Number(port), hostname);
		const cut = () => [client, upstream].forEach((socket) => socket.destroy());
		for (const socket of [client, upstream]) {
			open.add(socket);
			socket.on('error', cut).on('close', cut);
		}
		client.pipe(upstream).pipe(client);
		upstream.setTimeout(silenceMs, cut);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			open.forEach((socket) => socket.destroy());
			await new Promise((closed) => server.close(closed));
		},
	};
}
