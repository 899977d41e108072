/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { existsSync } from 'node:fs';
import { endChild, runChild, startChild } from '../../harness/childProcess';
import { REPOSITORY } from '../../harness/packedPackage';
import { until } from '../../harness/until';
import { downloadFolders } from '../../specs/folder';
import { useSandbox } from '../support/useSandbox';
import { useTempFolder } from '../support/useTempFolder';

jest.setTimeout(600_000);

const sandbox = useSandbox({ listVariants: false });
const downloads = useTempFolder();

/** One model of each endpoint: as many as the contract tests get through in seconds. */
async function shortCatalog(): Promise<Array<{ id: string }>> {
	const response = await fetch(`${sandbox.url}/v1/models?include=all`);
	const { data } = (await response.json()) as { data: Array<{ id: string }> };
	const endpoints = new Map(sandbox.models.map(({ id, endpoint }) => [id, endpoint]));
	const seen = new Set<string | undefined>();
	return data.filter(({ id }) => !seen.has(endpoints.get(id)) && seen.add(endpoints.get(id)));
}

const npmRun = (args: string[], env: NodeJS.ProcessEnv) =>
	['npm', ['run', ...args], { cwd: REPOSITORY, env: { ...process.env, ...env } }] as const;

const documentRequests = () =>
	sandbox.requestLog.calls.filter(({ path }) => path === '/docs-json').length;

test('`npm run specs`, interrupted and run again, gets documents on which the contract tests pass', async () => {
	const models = await shortCatalog();
	const broken = models.at(-1)!;
	const body = JSON.stringify({ object: 'list', data: models });
	sandbox.faults.set([
		{ when: { path: '/v1/models' }, do: { body } },
		{ when: { path: '/docs-json', contains: broken.id }, do: { html: true, status: 404 } },
	]);
	const specs = npmRun(['specs', '--', '--into', downloads.path], { AIMLAPI_HOST: sandbox.url });

	const killed = startChild(...specs);
	await until('three documents', () => documentRequests() >= 3, { everyMs: 20 });
	await endChild(killed, 0);
	const { current } = downloadFolders(downloads.path);
	expect(existsSync(current)).toBe(false);

	const { output: report } = await runChild(...specs);
	expect(report).toContain(`${models.length} models, ${models.length - 1} documents`);
	expect(report).toContain(`Skipped ${broken.id}: HTTP 404`);
	expect(documentRequests()).toBeLessThanOrEqual(models.length + 2);

	const files = ['test/contract/fields', 'test/contract/otherRequests'];
	const contract = ['test:contract', '--', ...files, '--silent', '-t', 'the documented models'];
	const { code, output } = await runChild(...npmRun(contract, { AIMLAPI_SPECS: current }));
	expect(output).toContain(`documented models from ${current}`);
	expect(output.match(/^ +● .*$/gm) ?? []).toEqual([]);
	expect(output).toMatch(/^Tests:.* [1-9]\d* passed/m);
	expect(code).toBe(0);
});
