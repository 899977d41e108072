/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import { endChild, isAlive, runChild, startChild } from '../../../harness/childProcess';
import { until } from '../../../harness/until';

const node = process.execPath;

/** Starts a script and waits for its first line. */
async function startScript(script: string) {
	let output = '';
	const child = startChild(node, ['-e', script], { onOutput: (chunk) => (output += chunk) });
	const line = await until('a line', () => output.endsWith('\n') && output.trim(), { everyMs: 20 });
	return { child, line };
}

const untilEnded = async (pid: number) =>
	await until('the end of a process', () => !isAlive(pid), { everyMs: 20, withinMs: 3000 });

test('a process ends together with what it has started', async () => {
	const script = `
		const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
		console.log(child.pid);
	`;
	const { child, line } = await startScript(script);
	expect(isAlive(Number(line))).toBe(true);
	await endChild(child);
	await untilEnded(Number(line));
	expect(isAlive(child.pid!)).toBe(false);
});

test('what a process has started ends even if the process itself has ended before', async () => {
	const { child, line } = await startScript(`
		const options = { stdio: 'inherit' };
		const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], options);
		process.stdout.write(child.pid + '\\n', () => process.exit());
	`);
	await until('the end of the process', () => child.exitCode !== null, { everyMs: 20 });
	await endChild(child);
	await untilEnded(Number(line));
});

test('a process that ignores the request to end is killed after the grace time', async () => {
	const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); console.log('on')";
	const { child } = await startScript(script);
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

test('a command that does not exist is an error', async () => {
	await expect(runChild('no-such-command-here', [], {})).rejects.toThrow(/ENOENT/);
});
