/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { readdir } from 'node:fs/promises';
import { endChild, runChild, startChild } from '../../../harness/childProcess';
import { REPOSITORY } from '../../../harness/packedPackage';
import { until } from '../../../harness/until';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { useTempFolder } from '../../support/useTempFolder';

const downloads = useTempFolder();
let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
	await shortenCatalog();
});
afterEach(async () => await sandbox.close());

const LISTED = 8;

async function shortenCatalog(): Promise<void> {
	const response = await fetch(`${sandbox.url}/v1/models?include=all`);
	const { data } = (await response.json()) as { data: unknown[] };
	const body = JSON.stringify({ object: 'list', data: data.slice(0, LISTED) });
	sandbox.faults.set([{ when: { path: '/v1/models' }, do: { body } }]);
}

const command = () => {
	const args = ['--import', 'tsx', 'specs/cli.ts', '--into', downloads.path];
	const env = { ...process.env, AIMLAPI_HOST: `${sandbox.url}/v1/` };
	return [process.execPath, args, { cwd: REPOSITORY, env }] as const;
};

const requests = (): number =>
	sandbox.requestLog.calls.filter(({ path }) => path === '/docs-json').length;

test('a command that was killed continues with the next document when it is run again', async () => {
	const killed = startChild(...command());
	await until('three documents', () => requests() >= 3, { everyMs: 20 });
	await endChild(killed, 0);
	expect(await readdir(downloads.path)).toEqual(['unfinished']);

	const { code, output } = await runChild(...command());
	expect(output).toContain(`${LISTED} models, ${LISTED} documents`);
	expect(code).toBe(0);
	expect(await readdir(downloads.path)).toEqual(['current']);
	expect(requests()).toBeLessThanOrEqual(LISTED + 1);
});

test('an API that is no AI/ML API ends the command with a reason', async () => {
	sandbox.faults.set([{ do: { html: true, status: 404 } }]);
	const { code, output } = await runChild(...command());
	expect(code).toBe(1);
	expect(output).toContain('HTTP 404');
});
