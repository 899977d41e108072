/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { startChild } from '../../../harness/childProcess';
import { freePort } from '../../../harness/ports';
import { startService, type ServiceProgram } from '../../../harness/service';
import { until } from '../../../harness/until';

/** A server that says where its data is, and ends only when interrupted. */
const SERVER = `
	process.on('SIGTERM', () => undefined);
	require('node:net').createServer().listen(Number(process.argv[2]), process.argv[1], () => {
		console.log('ready');
	});
`;

let folder = '';
const service = (script = SERVER): ServiceProgram => ({
	name: 'The server',
	program: process.execPath,
	args: ({ host, port }) => ['-e', script, host, String(port)],
	ready: /ready/,
	prepare: async (place) => void (folder = place),
});

const takesConnections = async (place: { host: string; port: number }): Promise<boolean> => {
	const socket = createConnection(place);
	return await once(socket, 'connect').then(
		() => Boolean(socket.destroy()),
		() => false,
	);
};

test('a service takes connections until it is stopped, and leaves no data', async () => {
	const { stop, ...place } = await startService(service());
	expect(await takesConnections(place)).toBe(true);
	expect(existsSync(folder)).toBe(true);
	await stop();
	expect(await takesConnections(place)).toBe(false);
	expect(existsSync(folder)).toBe(false);
});

test('a service that does not start is an error with its output, and leaves no data', async () => {
	const broken = service("console.error('No place to lie down'); process.exit(1)");
	await expect(startService(broken)).rejects.toThrow(
		/Starting The server failed.*No place to lie down/s,
	);
	expect(existsSync(folder)).toBe(false);
});

test('a service ends when the program that started it is killed', async () => {
	const port = await freePort();
	const script = `
		require('node:child_process').spawn(
			process.execPath,
			[${JSON.stringify(join(__dirname, '../../../harness/withParent.cjs'))}, '{}',
				process.execPath, '-e', ${JSON.stringify(SERVER)}, '127.0.0.1', '${port}'],
			{ stdio: ['pipe', 'inherit', 'inherit'], detached: true },
		);
	`;
	let output = '';
	const parent = startChild(process.execPath, ['-e', script], {
		onOutput: (chunk) => (output += chunk),
	});
	const place = { host: '127.0.0.1', port };
	await until('the service', () => output.includes('ready'), { everyMs: 20 });
	expect(await takesConnections(place)).toBe(true);
	process.kill(parent.pid!, 'SIGKILL');
	await until('its end', async () => !(await takesConnections(place)), { everyMs: 20 });
});
