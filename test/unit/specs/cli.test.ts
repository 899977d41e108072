/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { pause } from '../sandbox/client';

let sandbox: Sandbox;
let downloads: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
	sandbox = await startSandbox();
	await shortenCatalog();
	downloads = await mkdtemp(join(tmpdir(), 'specs-'));
});
afterEach(async () => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
	await sandbox.close();
	await rm(downloads, { recursive: true });
});

const LISTED = 8;

async function shortenCatalog(): Promise<void> {
	const response = await fetch(`${sandbox.url}/v1/models?include=all`);
	const { data } = (await response.json()) as { data: unknown[] };
	const body = JSON.stringify({ object: 'list', data: data.slice(0, LISTED) });
	sandbox.faults.set([{ when: { path: '/v1/models' }, do: { body } }]);
}

function start() {
	const args = ['--import', 'tsx', 'specs/cli.ts', '--into', downloads];
	const child = spawn(process.execPath, args, {
		cwd: join(__dirname, '../../..'),
		env: { ...process.env, AIMLAPI_HOST: `${sandbox.url}/v1/` },
	});
	children.push(child);
	const run = { child, output: '', ended: once(child, 'exit') };
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (text) => (run.output += String(text)));
	}
	return run;
}

const requests = (): number =>
	sandbox.requestLog.calls.filter(({ path }) => path === '/docs-json').length;

test('a command that was killed goes on with the next document when it is run again', async () => {
	const killed = start();
	while (requests() < 3) await pause(20);
	killed.child.kill('SIGKILL');
	await killed.ended;
	expect(await readdir(downloads)).toEqual(['unfinished']);

	const run = start();
	expect(await run.ended).toEqual([0, null]);
	expect(run.output).toContain(`${LISTED} models, ${LISTED} documents`);
	expect(await readdir(downloads)).toEqual(['current']);
	expect(requests()).toBeLessThanOrEqual(LISTED + 1);
});

test('an API that is no AI/ML API ends the command with a reason', async () => {
	sandbox.faults.set([{ do: { html: true, status: 404 } }]);
	const run = start();
	expect(await run.ended).toEqual([1, null]);
	expect(run.output).toContain('HTTP 404');
});
