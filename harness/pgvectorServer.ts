/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { cached } from './cache';
import { commandError } from './errors';
import { npm } from './npm';
import { endChild, startChild } from './childProcess';
import { freePort } from './ports';
import { step } from './progress';
import { until } from './until';

const PACKAGES = {
	'@electric-sql/pglite': '0.5.14',
	'@electric-sql/pglite-pgvector': '0.0.15',
	'@electric-sql/pglite-socket': '0.2.17',
};

const READY_WITHIN_MS = 60_000;

/** A PostgreSQL server with pgvector on loopback, with its data in memory. */
export interface PgvectorServer {
	host: string;
	port: number;
	stop(): Promise<void>;
}

/** Starts it, and downloads it the first time. It is WebAssembly, so it runs on any platform. */
export async function startPgvector(): Promise<PgvectorServer> {
	const folder = await installed();
	const place = { host: '127.0.0.1', port: await freePort() };
	let log = '';
	const program = join(folder, 'node_modules/@electric-sql/pglite-socket/dist/scripts/server.js');
	const child = startChild(
		process.execPath,
		[
			...['--require', join(__dirname, 'killWithParent.cjs'), program],
			...[`--host=${place.host}`, `--port=${place.port}`, '--max-connections=20'],
			'--extensions=@electric-sql/pglite-pgvector:vector',
		],
		{ cwd: folder, onOutput: (chunk) => (log += chunk) },
	);
	const stop = async (): Promise<void> => await endChild(child);
	const isReady = async (): Promise<true | undefined> => {
		if (child.exitCode !== null) throw commandError('Starting PostgreSQL', log);
		return (await takesConnections(place)) || undefined;
	};
	try {
		await until('PostgreSQL to start', isReady, { withinMs: READY_WITHIN_MS, everyMs: 100 });
	} catch (error) {
		await stop();
		throw error;
	}
	return { ...place, stop };
}

async function installed(): Promise<string> {
	const { '@electric-sql/pglite': version } = PACKAGES;
	return await cached(`pgvector-${version}`, async (folder) => {
		await step('Getting PostgreSQL with pgvector (once; 30 MB)', async () => {
			const names = Object.entries(PACKAGES).map(([name, exact]) => `${name}@${exact}`);
			const args = ['install', '--prefix', '.', '--ignore-scripts', ...names];
			await npm('Getting PostgreSQL with pgvector', args, { folder });
		});
	});
}

const takesConnections = async (place: { host: string; port: number }): Promise<boolean> =>
	await new Promise((resolve) => {
		const socket = createConnection(place)
			.once('connect', () => socket.destroy())
			.once('error', () => resolve(false))
			.once('close', (failed) => resolve(!failed));
	});
