/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoCredential, importCredentials, type Credential } from './demoContent';
import { n8nCli, type N8nCli } from './n8nCli';
import { installedN8n } from './n8nInstall';
import { startN8n, type RunningN8n } from './n8nProcess';
import { N8nRest } from './n8nRest';
import { installPackage, packedPackage } from './packedPackage';
import { freePort } from './ports';
import { publishedWebhooks } from './publishedWebhooks';
import { startAll } from './disposables';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import type { Workflow } from './workflows/workflow';

/** n8n with the packed package installed, a sandbox, and the workflows of a test. */
export interface PreparedN8n {
	sandbox: Sandbox;
	cli: N8nCli;
	/** Contains `.n8n`, with community packages in `.n8n/nodes`. */
	userFolder: string;
	/** Starts the server, by default on a free port, with scripts loaded into it, and logs in. */
	start(options?: {
		port?: number;
		preload?: string[];
	}): Promise<{ server: RunningN8n; rest: N8nRest }>;
	/** Stops everything and removes the data. */
	end(): Promise<void>;
}

/**
 * Creates a user folder and imports the demo credential, others and the workflows.
 *
 * @param settings more of n8n's environment variables
 */
export async function preparedN8n(
	workflows: Workflow[] | ((sandboxUrl: string) => Workflow[]),
	sandboxOptions: SandboxOptions = {},
	credentials: Credential[] | ((sandbox: Sandbox) => Credential[]) = [],
	settings: Record<string, string> = {},
): Promise<PreparedN8n> {
	return await startAll(async (started) => {
		const userFolder = await started.tempFolder('e2e');
		const n8n = await installedN8n();
		await installPackage(await packedPackage(), userFolder);
		const sandbox = await startSandbox(sandboxOptions);
		started.add(async () => await sandbox.close());
		const published = new Set<string>();
		const commands = n8nCli(n8n, userFolder, settings);
		const cli: N8nCli = {
			...commands,
			publish: async (id) => {
				await commands.publish(id);
				published.add(id);
			},
		};
		const others = typeof credentials === 'function' ? credentials(sandbox) : credentials;
		await importCredentials(cli, [demoCredential(sandbox), ...others]);
		const file = join(userFolder, 'workflows.json');
		const all = typeof workflows === 'function' ? workflows(sandbox.url) : workflows;
		await writeFile(file, JSON.stringify(all));
		await cli.importWorkflows(file);
		const start: PreparedN8n['start'] = async ({ port, preload } = {}) => {
			const place = { userFolder, port: port ?? (await freePort()), settings };
			const server = await startN8n(n8n, { ...place, preload });
			started.add(server.stop);
			const rest = new N8nRest(server.url);
			await rest.logIn();
			await publishedWebhooks(
				server.url,
				all.filter(({ id }) => published.has(id)),
			);
			return { server, rest };
		};
		return { sandbox, cli, userFolder, start, end: async () => await started.disposeAll() };
	});
}
