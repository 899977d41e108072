/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail server on this machine, which keeps what it was sent instead of delivering it. */
export interface MailServer {
	port: number;
	/** Whole messages with their headers, as they arrived. */
	received: string[];
	close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
	const received: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		void answer(socket, received);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		sockets.forEach((socket) => socket.destroy());
		server.close();
		await once(server, 'close');
	};
	return { port, received, close };
}

/** Speaks as much of SMTP (RFC 5321) as a client without login and encryption needs. */
async function answer(socket: Socket, received: string[]): Promise<void> {
	const say = (line: string) => socket.write(`${line}\r\n`);
	let message: string[] | undefined;
	say('220 ready');
	for await (const line of createInterface({ input: socket })) {
		if (message) {
			if (line !== '.') {
				message.push(line);
				continue;
			}
			received.push(message.join('\n'));
			message = undefined;
			say('250 kept');
		} else if (/^DATA/i.test(line)) {
			message = [];
			say('354 go on');
		} else if (/^QUIT/i.test(line)) {
			say('221 bye');
		} else {
			say('250 ok');
		}
	}
}
