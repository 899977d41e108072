import { randomBytes } from 'node:crypto';
import type { SandboxOptions } from '../sandbox';
import type { Credential } from './demoContent';
import { startAll, type Disposables } from './disposables';
import { installedN8n } from './n8nInstall';
import { startWorker, type RunningN8n } from './n8nProcess';
import type { N8nRest } from './n8nRest';
import { installPackage, packedPackage } from './packedPackage';
import { freePort } from './ports';
import { preparedN8n, type PreparedN8n } from './preparedN8n';
import { POSTGRES_USER, startPostgres, startRedis } from './queueServices';
import type { Service } from './service';
import type { Workflow } from './workflows/workflow';

/** n8n in queue mode: a main process, workers, Redis and PostgreSQL; and a sandbox. */
export interface QueueMode {
	n8n: Pick<PreparedN8n, 'sandbox' | 'cli'>;
	/** Starts the main process and logs in. */
	startMain(): Promise<{ server: RunningN8n; rest: N8nRest }>;
	/** Starts a worker that shares no folder with the others, as if on a machine of its own. */
	startWorker(): Promise<RunningN8n>;
	/** Ends all that was started and removes the data. */
	end(): Promise<void>;
}

/** Starts Redis and PostgreSQL, and imports the demo credential, others and the workflows. */
export async function preparedQueueMode(
	workflows: Workflow[],
	sandboxOptions: SandboxOptions,
	credentials: Credential[],
): Promise<QueueMode> {
	return await startAll(async (started) => {
		const redis = await startRedis();
		started.add(redis.stop);
		const database = await startPostgres();
		started.add(database.stop);
		const port = await freePort();
		const settings = settingsOf(redis, database, port);
		const n8n = await preparedN8n(workflows, sandboxOptions, credentials, settings);
		started.add(n8n.end);
		return {
			n8n,
			startMain: async () => await n8n.start({ port }),
			startWorker: async () => await addWorker(started, settings),
			end: async () => await started.disposeAll(),
		};
	});
}

async function addWorker(
	started: Disposables,
	settings: Record<string, string>,
): Promise<RunningN8n> {
	const userFolder = await started.tempFolder('worker');
	await installPackage(await packedPackage(), userFolder);
	const place = { userFolder, port: await freePort(), settings };
	const worker = await startWorker(await installedN8n(), place);
	started.add(worker.stop);
	return worker;
}

/** The settings of the main process and of all workers. */
const settingsOf = (
	redis: Service,
	database: Service,
	mainPort: number,
): Record<string, string> => ({
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	N8N_DEFAULT_BINARY_DATA_MODE: 'database',
	WEBHOOK_URL: `http://localhost:${mainPort}/`,
	QUEUE_BULL_REDIS_HOST: redis.host,
	QUEUE_BULL_REDIS_PORT: String(redis.port),
	// After this time n8n misses a worker that was killed; its default is a minute.
	QUEUE_WORKER_LOCK_DURATION: '12000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: database.host,
	DB_POSTGRESDB_PORT: String(database.port),
	DB_POSTGRESDB_DATABASE: 'postgres',
	DB_POSTGRESDB_USER: POSTGRES_USER,
	DB_POSTGRESDB_PASSWORD: POSTGRES_USER,
});
