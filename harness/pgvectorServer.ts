/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { join } from 'node:path';
import { cached } from './cache';
import { npm } from './npm';
import { step } from './progress';
import { startService, type Service } from './service';

const PACKAGES = {
	'@electric-sql/pglite': '0.5.14',
	'@electric-sql/pglite-pgvector': '0.0.15',
	'@electric-sql/pglite-socket': '0.2.17',
};

const SERVER = 'node_modules/@electric-sql/pglite-socket/dist/scripts/server.js';

/**
 * Starts PostgreSQL with pgvector, its data in memory. It is downloaded the first time, and as
 * WebAssembly it runs on any platform.
 */
export async function startPgvector(): Promise<Service> {
	const folder = await installed();
	return await startService({
		name: 'PostgreSQL',
		program: process.execPath,
		args: ({ host, port }) => [
			...[join(folder, SERVER), `--host=${host}`, `--port=${port}`, '--max-connections=20'],
			'--extensions=@electric-sql/pglite-pgvector:vector',
		],
		ready: /listening on/,
	});
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
