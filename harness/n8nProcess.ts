/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { join } from 'node:path';
import { n8nEnvironment, type N8nPlace } from './n8nEnvironment';
import type { N8n } from './n8nInstall';
import { endChild } from './childProcess';
import { startReady } from './readyProcess';

const READY_WITHIN_MS = 180_000;

/** The last line that n8n logs at its start; its readiness endpoint answers earlier. */
const STARTED = 'Editor is now accessible';

/** A running n8n server. */
export interface RunningN8n {
	/** With `localhost` as the host, since the editor's cookie belongs to it. */
	url: string;
	/** Its process ID. */
	pid: number;
	/** All that it has printed so far. */
	log(): string;
	stop(): Promise<void>;
}

interface Start extends N8nPlace {
	port: number;
	/** Paths of scripts that are loaded into it. */
	preload?: string[];
}

/** Starts n8n and waits until it takes requests, including those to webhooks. */
export const startN8n = async (n8n: N8n, place: Start): Promise<RunningN8n> =>
	await startCommand(n8n, ['start'], place, (log) => log.includes(STARTED));

async function startCommand(
	n8n: N8n,
	command: string[],
	{ userFolder, port, settings, preload = [] }: Start,
	isLogReady: (log: string) => boolean = () => true,
): Promise<RunningN8n> {
	const isReady = async (log: string): Promise<boolean> => {
		const answer = await fetch(`http://127.0.0.1:${port}/healthz/readiness`).catch(() => undefined);
		return answer?.ok === true && isLogReady(log);
	};
	const scripts = [join(__dirname, 'killWithParent.cjs'), ...preload];
	const { child, log } = await startReady({
		name: 'n8n',
		command: n8n.node.binary,
		args: [...scripts.flatMap((file) => ['--require', file]), n8n.program, ...command],
		cwd: userFolder,
		env: await n8nEnvironment(n8n, { userFolder, port, settings }),
		isReady,
		withinMs: READY_WITHIN_MS,
	});
	const url = `http://localhost:${port}`;
	return { url, pid: child.pid!, log, stop: async () => await endChild(child) };
}

/** Starts a worker of queue mode; `port` is that of its health check. */
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
