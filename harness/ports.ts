/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { UserFacingError } from './errors';

async function listenOnce(port: number): Promise<number> {
	const server = createServer().listen({ port, host: '127.0.0.1' });
	await once(server, 'listening');
	const taken = (server.address() as AddressInfo).port;
	server.close();
	await once(server, 'close');
	return taken;
}

/** A free port of the loopback interface, other than `except`. */
export async function freePort(except?: number): Promise<number> {
	const port = await listenOnce(0);
	return port === except ? await freePort(except) : port;
}

/** @throws UserFacingError if the port is in use */
export async function requirePort(port: number, purpose: string): Promise<void> {
	try {
		await listenOnce(port);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const reason = code === 'EADDRINUSE' ? 'is in use by another program' : `is not free (${code})`;
		throw new UserFacingError(
			`Port ${port}, wanted for ${purpose}, ${reason}. Stop that program, or choose other ports: npm start -- --port=5800`,
		);
	}
}
