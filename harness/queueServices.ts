/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { execFileSync } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { runChild } from './childProcess';
import { commandError } from './errors';
import { startService, type Service } from './service';
import { requireProgram } from './systemPrograms';

/** The user of the database, which needs no password on loopback. */
export const POSTGRES_USER = 'postgres';

/** Starts Redis with its data in memory only. */
export const startRedis = async (): Promise<Service> =>
	await startService({
		name: 'Redis',
		program: requireProgram('redis-server', 'redis-server'),
		args: ({ folder, host, port }) => [
			...['--bind', host, '--port', String(port), '--dir', folder],
			...['--save', '', '--appendonly', 'no'],
		],
		ready: /Ready to accept connections/,
	});

/** Starts PostgreSQL with an empty database named `postgres`. */
export async function startPostgres(): Promise<Service> {
	const program = requireProgram('postgres', 'postgresql');
	const initdb = requireProgram('initdb', 'postgresql');
	const uid = userInsteadOfRoot();
	return await startService({
		name: 'PostgreSQL',
		program,
		args: ({ folder, host, port }) => [
			...['-D', folder, '-h', host, '-p', String(port), '-k', ''],
			// The data is thrown away, so it needn't survive a crash.
			...['-F', '-c', 'dynamic_shared_memory_type=mmap'],
		],
		ready: /database system is ready to accept connections/,
		uid,
		prepare: async (folder) => {
			if (uid !== undefined) await chown(folder, uid, -1);
			const flags = ['--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
			const args = ['-D', folder, `--username=${POSTGRES_USER}`, ...flags];
			const { code, output } = await runChild(initdb, args, { cwd: folder, uid });
			if (code !== 0) throw commandError('Preparing PostgreSQL', output);
		},
	});
}

/** The ID of the user that PostgreSQL's package creates, since it refuses to run as root. */
function userInsteadOfRoot(): number | undefined {
	if (process.getuid?.() !== 0) return undefined;
	return Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }));
}
