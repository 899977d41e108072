/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild, runChild, startChild } from '../../../harness/childProcess';

const node = process.execPath;

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

const untilPrinted = async (read: () => string): Promise<string> => {
	while (!read().endsWith('\n')) await sleep(20);
	return read().trim();
};

test('a process ends together with what it has started', async () => {
	const script = `
		const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
		console.log(child.pid);
	`;
	let output = '';
	const parent = startChild(node, ['-e', script], { onOutput: (chunk) => (output += chunk) });
	const grandchild = Number(await untilPrinted(() => output));
	expect(isAlive(grandchild)).toBe(true);
	await endChild(parent);
	for (let tries = 0; tries < 100 && isAlive(grandchild); tries++) await sleep(20);
	expect([parent.pid!, grandchild].map(isAlive)).toEqual([false, false]);
});

test('one that does not listen is made to end after the grace time', async () => {
	let output = '';
	const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); console.log('on')";
	const child = startChild(node, ['-e', script], { onOutput: (chunk) => (output += chunk) });
	await untilPrinted(() => output);
	await endChild(child, 100);
	expect(child.signalCode).toBe('SIGKILL');
});

test('a command gives its exit code and all that it printed', async () => {
	const script = "console.log('out'); console.error('err'); process.exitCode = 3";
	const { code, output } = await runChild(node, ['-e', script], {});
	expect(code).toBe(3);
	expect(output).toMatch(/out/);
	expect(output).toMatch(/err/);
});

test('a command that does not exist is told', async () => {
	await expect(runChild('no-such-command-here', [], {})).rejects.toThrow(/ENOENT/);
});
