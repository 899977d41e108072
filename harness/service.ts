/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild, startChild } from './childProcess';
import { startAll, type Disposables } from './disposables';
import { commandError } from './errors';
import { freePort } from './ports';
import { until } from './until';

const READY_WITHIN_MS = 60_000;

/** A server of the system that runs for a test, with its data in a folder of its own. */
export interface Service {
	host: string;
	port: number;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/** How to start one. */
export interface ServiceProgram {
	/** Its name, for errors. */
	name: string;
	program: string;
	args(place: { folder: string; host: string; port: number }): string[];
	/** What it prints once it takes connections. */
	ready: RegExp;
	/** The user that it runs as, where it is not this program's own. */
	uid?: number;
	/** Fills the folder before the start. */
	prepare?(folder: string): Promise<void>;
}

/**
 * Starts a server on a free port of loopback and waits until it is ready. It ends with this program at
 * the latest.
 */
export async function startService(service: ServiceProgram): Promise<Service> {
	const { program, args, uid, prepare } = service;
	return await startAll(async (started) => {
		const folder = await mkdtemp(join(tmpdir(), 'aimlapi-service-'));
		started.add(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));
		await prepare?.(folder);
		const place = { host: '127.0.0.1', port: await freePort() };
		await startReady(started, service, [
			join(__dirname, 'withParent.cjs'),
			...[JSON.stringify({ uid, cwd: folder }), program, ...args({ folder, ...place })],
		]);
		return { ...place, stop: async () => await started.disposeAll() };
	});
}

async function startReady(
	started: Disposables,
	{ name, ready }: ServiceProgram,
	args: string[],
): Promise<void> {
	let log = '';
	const child = startChild(process.execPath, args, { onOutput: (chunk) => (log += chunk) });
	started.add(async () => await endChild(child));
	const isReady = async (): Promise<true | undefined> => {
		if (child.exitCode !== null) throw commandError(`Starting ${name}`, log);
		return ready.test(log) || undefined;
	};
	await until(`${name} to start`, isReady, { withinMs: READY_WITHIN_MS, everyMs: 50 });
}
