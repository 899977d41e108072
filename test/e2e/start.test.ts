/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { endChild, startChild } from '../../harness/childProcess';
import { demoFolder } from '../../harness/demoContent';
import { REPOSITORY } from '../../harness/packedPackage';
import { freePort, requirePort } from '../../harness/ports';
import { until } from '../../harness/until';

jest.setTimeout(900_000);

let port: number;
let output: string;
let npm: ChildProcess;

/** A free port whose next one is free too. */
const freePorts = async (): Promise<number> =>
	await until('two free ports', async () => {
		const first = await freePort();
		return await requirePort(first + 1, 'the sandbox').then(
			() => first,
			() => undefined,
		);
	});

const isAnswering = async (path: string): Promise<boolean> =>
	await fetch(`http://127.0.0.1:${path}`).then(
		() => true,
		() => false,
	);
const areAnswering = async () =>
	await Promise.all([isAnswering(`${port}/healthz`), isAnswering(`${port + 1}/models`)]);

beforeEach(async () => {
	port = await freePorts();
	output = '';
	npm = startChild('npm', ['start', '--', `--port=${port}`], {
		cwd: REPOSITORY,
		env: { ...process.env, AIMLAPI_API_KEY: '' },
		onOutput: (chunk) => (output += chunk),
	});
	await until(
		'npm start',
		() => {
			if (npm.exitCode !== null) throw new Error(output);
			return output.includes('Press Ctrl-C');
		},
		{ withinMs: 300_000 },
	);
});

afterEach(async () => {
	await endChild(npm);
	await rm(demoFolder(port), { recursive: true, force: true, maxRetries: 5 });
});

test.each([
	['SIGINT to its process group, as Ctrl-C sends it,', 'SIGINT', () => -npm.pid!],
	['SIGTERM to npm alone', 'SIGTERM', () => npm.pid!],
] as const)('%s ends n8n and the sandbox of npm start', async (_, signal, target) => {
	expect(await areAnswering()).toEqual([true, true]);
	process.kill(target(), signal);
	await until('the end', async () => !(await areAnswering()).includes(true));
	await Promise.all([requirePort(port, 'the editor'), requirePort(port + 1, 'the sandbox')]);
});
