/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openSandbox } from './client';

const root = join(__dirname, '../../..');

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

/** Starts the command line; `output` grows with what it prints. */
function start(...flags: string[]) {
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', ...flags], {
		cwd: root,
	});
	children.push(child);
	const run = { child, output: '', ended: once(child, 'exit') };
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (text) => (run.output += String(text)));
	}
	return run;
}

test('npm run sandbox prints address and key, serves, and ends on Ctrl-C', async () => {
	const run = start('--port', '0');
	while (!run.output.includes('Models')) await once(run.child.stdout, 'data');

	const url = /http:\/\/127\.0\.0\.1:\d+/.exec(run.output)?.[0];
	expect(run.output).toContain('sandbox-key');
	expect((await fetch(`${url}/v1/models`)).status).toBe(200);

	run.child.kill('SIGINT');
	expect(await run.ended).toEqual([0, null]);
});

test('npm run sandbox prints one line if the port is taken', async () => {
	const other = await openSandbox();
	const run = start('--port', new URL(other.url).port);
	const [code] = await run.ended;
	expect(code).toBe(1);
	expect(run.output).toBe('The port is taken. Choose another one with --port.\n');
});
