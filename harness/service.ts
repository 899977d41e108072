/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { join } from 'node:path';
import { endChild } from './childProcess';
import { startAll } from './disposables';
import { freePort } from './ports';
import { startReady } from './readyProcess';

const READY_WITHIN_MS = 60_000;

/** A server that runs for a test, with its data in a temporary folder. */
export interface Service {
	host: string;
	port: number;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/** How to start a server. */
export interface ServiceProgram {
	/** For errors. */
	name: string;
	program: string;
	args(place: { folder: string; host: string; port: number }): string[];
	/** What it prints once it takes connections. */
	ready: RegExp;
	/** The user ID that it runs as; this program's own by default. */
	uid?: number;
	/** Fills the folder before the start. */
	prepare?(folder: string): Promise<void>;
}

/** Starts a server on a free port of loopback and waits until it is ready. */
export async function startService(service: ServiceProgram): Promise<Service> {
	const { name, program, args, ready, uid, prepare } = service;
	return await startAll(async (started) => {
		const folder = await started.tempFolder('service');
		await prepare?.(folder);
		const place = { host: '127.0.0.1', port: await freePort() };
		const { child } = await startReady({
			name,
			command: process.execPath,
			args: [
				join(__dirname, 'withParent.cjs'),
				...[JSON.stringify({ uid, cwd: folder }), program, ...args({ folder, ...place })],
			],
			isReady: (log) => ready.test(log),
			withinMs: READY_WITHIN_MS,
		});
		started.add(async () => await endChild(child));
		return { ...place, stop: async () => await started.disposeAll() };
	});
}
