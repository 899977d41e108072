/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import { isAlive } from '../../../harness/childProcess';
import { startReady } from '../../../harness/readyProcess';

const node = process.execPath;
const server = (script: string, command = node) => ({
	name: 'The server',
	command,
	args: ['-e', script],
	isReady: (log: string) => log.includes('ready'),
	withinMs: 60_000,
});

test.each([
	['exits', node, "console.error('No room'); process.exit(0)", 'No room'],
	['is killed', node, "console.error('No room'); process.kill(process.pid, 'SIGKILL')", 'No room'],
	['cannot be found', 'no-such-command-here', '', 'ENOENT'],
])(
	'a server that %s before it is ready is an error that says why',
	async (_, command, script, why) => {
		const error = new RegExp(`Starting The server failed.*${why}`, 's');
		await expect(startReady(server(script, command))).rejects.toThrow(error);
	},
);

test('a server that is not ready in time is ended', async () => {
	let pid = 0;
	const isReady = (log: string) => {
		pid = Number(log);
		return false;
	};
	const script = 'console.log(process.pid); setInterval(() => {}, 1e6)';
	const started = startReady({ ...server(script), isReady, withinMs: 2000 });
	await expect(started).rejects.toThrow('Waiting for The server to start took longer than 2 s.');
	expect(pid).toBeGreaterThan(0);
	expect(isAlive(pid)).toBe(false);
});
