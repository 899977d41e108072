/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { until } from './until';

const END_OF_MAIL = '\r\n.\r\n';

/** A mail server on loopback that keeps every mail and delivers none. */
export interface Mailbox {
	host: string;
	port: number;
	/** Mails with their headers, in order of arrival, without those that `nextMail` has returned. */
	mails: string[];
	/** Waits for a mail, removes it from `mails` and returns it. */
	nextMail(): Promise<string>;
	close(): Promise<void>;
}

export async function startMailbox(): Promise<Mailbox> {
	const mails: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.once('close', () => sockets.delete(socket)));
		receive(socket, (mail) => mails.push(mail));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		host: '127.0.0.1',
		port: (server.address() as AddressInfo).port,
		mails,
		nextMail: async () => await until('a mail', () => mails.shift()),
		close: async () => {
			sockets.forEach((socket) => socket.destroy());
			server.close();
			await once(server, 'close');
		},
	};
}

/** Speaks as much of SMTP (RFC 5321) as a client without login and encryption needs. */
function receive(socket: Socket, onMail: (mail: string) => void): void {
	let isMail = false;
	let rest = '';
	const answer = (line: string) => socket.write(`${line}\r\n`);
	answer('220 localhost');
	socket.on('error', () => socket.destroy());
	socket.setEncoding('utf8').on('data', (chunk: string) => {
		rest += chunk;
		for (;;) {
			const end = isMail ? END_OF_MAIL : '\r\n';
			const at = rest.indexOf(end);
			if (at < 0) return;
			const part = rest.slice(0, at);
			rest = rest.slice(at + end.length);
			if (isMail) onMail(decode(part));
			isMail = !isMail && /^DATA$/i.test(part);
			answer(isMail ? '354 Go on' : '250 OK');
		}
	});
}

/** Decodes 'quoted-printable'. */
const decode = (mail: string): string =>
	mail
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, code: string) =>
			String.fromCharCode(Number.parseInt(code, 16)),
		);
