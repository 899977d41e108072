/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
import { join } from 'node:path';
import { commandError } from './errors';
import { n8nEnvironment, type N8nPlace } from './n8nEnvironment';
import type { N8n } from './n8nInstall';
import { endChild, startChild } from './childProcess';
import { until } from './until';

const READY_WITHIN_MS = 180_000;

/** What n8n logs last of its start; its readiness endpoint answers before. */
const STARTED = 'Editor is now accessible';

/** A running n8n server. */
export interface RunningN8n {
	/** By name, since the editor's cookie belongs to `localhost`. */
	url: string;
	/** Of its process. */
	pid: number;
	/** All that it printed so far. */
	log(): string;
	stop(): Promise<void>;
}

interface Start extends N8nPlace {
	port: number;
	/** Scripts that are loaded into it. */
	preload?: string[];
}

/** Starts n8n and waits until it takes requests, those of webhooks among them. */
export const startN8n = async (n8n: N8n, place: Start): Promise<RunningN8n> =>
	await startCommand(n8n, ['start'], place, (log) => log.includes(STARTED));

async function startCommand(
	n8n: N8n,
	command: string[],
	{ userFolder, port, settings, preload = [] }: Start,
	isLogReady: (log: string) => boolean = () => true,
): Promise<RunningN8n> {
	let log = '';
	const env = await n8nEnvironment(n8n, { userFolder, port, settings });
	const child = startChild(
		n8n.node.binary,
		[
			...[join(__dirname, 'killWithParent.cjs'), ...preload].flatMap((file) => ['--require', file]),
			n8n.program,
			...command,
		],
		{ cwd: userFolder, env, onOutput: (chunk) => (log += chunk) },
	);
	const url = `http://localhost:${port}`;
	const stop = async (): Promise<void> => await endChild(child);
	const isReady = async (): Promise<true | undefined> => {
		if (child.exitCode !== null) throw commandError('Starting n8n', log);
		const answer = await fetch(`http://127.0.0.1:${port}/healthz/readiness`).catch(() => undefined);
		return (answer?.ok && isLogReady(log)) || undefined;
	};
	try {
		await until('n8n to start', isReady, { withinMs: READY_WITHIN_MS, everyMs: 200 });
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, pid: child.pid!, log: () => log, stop };
}

/** Starts a worker of queue mode; `port` is where it says whether it is ready. */
export const startWorker = async (n8n: N8n, { settings, ...place }: Start): Promise<RunningN8n> =>
	await startCommand(n8n, ['worker'], {
		...place,
		settings: {
			...settings,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(place.port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		},
	});
