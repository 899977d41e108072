/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, startChild } from '../../../harness/childProcess';
import { until } from '../../../harness/until';

test('a program notices that the process that started it was killed', async () => {
	const program = `
		const { parentEnded } = require('./harness/parentProcess.ts');
		setInterval(() => {}, 1e6);
		parentEnded(20).then(() => process.exit());
		console.log(process.pid);
	`;
	const args = JSON.stringify(['--import', 'tsx', '-e', program]);
	const script = `require('child_process').spawn(process.execPath, ${args}, { stdio: 'inherit' })`;
	let output = '';
	const parent = startChild(process.execPath, ['-e', script], {
		onOutput: (chunk) => (output += chunk),
	});
	const pid = await until('the program', () => Number(/\d+/.exec(output)?.[0]) || undefined);
	await sleep(100);
	expect(isAlive(pid)).toBe(true);
	process.kill(parent.pid!, 'SIGKILL');
	await until('its end', () => !isAlive(pid), { everyMs: 20 });
});
