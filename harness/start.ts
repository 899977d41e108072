/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs on the developer's machine, never inside n8n */
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { startSandbox } from '../sandbox';
import { demoFolder, importDemo, type Api } from './demoContent';
import { UserFacingError, userMessage } from './errors';
import { itemTable } from './itemTable';
import { n8nCli } from './n8nCli';
import { installedN8n } from './n8nInstall';
import { startN8n } from './n8nProcess';
import { N8nRest, OWNER } from './n8nRest';
import { installPackage, packedPackage, SOURCES } from './packedPackage';
import { parentEnded } from './parentProcess';
import { requirePort } from './ports';
import { say, step } from './progress';
import { Disposables } from './disposables';
import { startOptions, type StartOptions } from './startOptions';
import { Watcher } from './watch';

const SCHEDULED_SUMMARIES = 'aimlapiDigest001';

interface Demo {
	/** Address of the editor. */
	url: string;
	/** Builds and installs the package, and restarts n8n. */
	restart(): Promise<void>;
}

async function start(options: StartOptions, started: Disposables): Promise<Demo> {
	const { port } = options;
	await requirePort(port, 'the editor');
	if (!options.apiKey) await requirePort(port + 1, 'the sandbox');
	const tarball = await packedPackage();
	const n8n = await installedN8n();
	const userFolder = demoFolder(port);
	await mkdir(userFolder, { recursive: true });
	await installPackage(tarball, userFolder);
	const api = await startApi(options, started);
	await importDemo(n8nCli(n8n, userFolder), userFolder, api);
	const startServer = async () =>
		await step('Starting n8n', async () => await startN8n(n8n, { userFolder, port }));
	let server = await startServer();
	started.add(async () => await server.stop());
	await runExample(server.url);
	const restart = async () => {
		const changed = await packedPackage();
		await server.stop();
		await installPackage(changed, userFolder);
		server = await startServer();
	};
	return { url: server.url, restart };
}

/** Restarts on changes until the program ends; reports a failed build and waits for the next change. */
async function restartOnChange({ restart }: Demo): Promise<void> {
	const watcher = new Watcher(SOURCES);
	for (;;) {
		say('· Waiting for a change');
		await watcher.nextChange();
		await restart().catch((error: unknown) => console.error(userMessage(error)));
	}
}

async function startApi(
	{ apiKey, port, variants }: StartOptions,
	started: Disposables,
): Promise<Api> {
	if (apiKey) {
		say('· Using the real API, since AIMLAPI_API_KEY is set: what runs is paid for');
		return { apiKey, url: 'https://api.aimlapi.com' };
	}
	say('· Using a local sandbox in place of the API; set AIMLAPI_API_KEY to use the real one');
	const sandbox = await startSandbox({ port: port + 1, listVariants: variants });
	started.add(async () => await sandbox.close());
	return sandbox;
}

async function runExample(url: string): Promise<void> {
	const rest = new N8nRest(url);
	await rest.logIn();
	const execution = await step('Running the example of scheduled summaries', async () =>
		rest.runWorkflow(SCHEDULED_SUMMARIES, 'Run by Hand'),
	);
	const { error } = execution.data.resultData;
	if (error) throw new UserFacingError(`The example did not run through: ${error.message}`);
	console.table(itemTable(execution.data, ['Summarize Each', 'Write the Digest']));
}

/** Resolves on Ctrl-C, a signal, a closed terminal, or the end of npm, which may not pass a signal on. */
async function stopRequested(): Promise<void> {
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(
		async (signal) => await once(process, signal),
	);
	await Promise.race([...signals, parentEnded()]);
}

/** @returns the exit code */
async function run(started: Disposables): Promise<number> {
	const stop = stopRequested();
	const options = startOptions(process.argv.slice(2), process.env);
	const demo = await Promise.race([start(options, started), stop]);
	if (!demo) return 130;
	if (options.once) return 0;
	// Without the path, n8n shows the setup of its assistant after the login.
	say(
		`n8n's editor:  ${demo.url}/home/workflows\nLogin:         ${OWNER.email}\nPassword:      ${OWNER.password}\n`,
	);
	say('Press Ctrl-C to end all that was started.');
	if (options.watch) void restartOnChange(demo);
	await stop;
	say('\n· Ending all that was started');
	return 0;
}

async function main(): Promise<void> {
	// Writing to a closed terminal must not stop the cleanup.
	process.stdout.on('error', () => undefined);
	const started = new Disposables();
	const code = await run(started).catch((error: unknown) => {
		console.error(`\n${userMessage(error)}`);
		return 1;
	});
	await started.disposeAll();
	process.exit(code);
}

void main();
