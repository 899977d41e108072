/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import { freePort } from './ports';
import { environmentOf } from './nodeRuntime';
import type { N8n } from './n8nInstall';

/** Variables of another n8n, npm or test runner, and the API key, which belongs in a credential. */
const NOT_PASSED_ON =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|npm_|NODE_ENV$|NODE_OPTIONS$|JEST_|AIMLAPI_)/;

/** Turns off the requests that n8n sends to its vendor or to a registry by itself. */
const SILENT = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry,instance-reporting',
};

/** The data folder, port and settings of an n8n. */
export interface N8nPlace {
	userFolder: string;
	/** By default a free one. */
	port?: number;
	/** More of n8n's environment variables. */
	settings?: Record<string, string>;
}

/** The environment of an n8n that listens on loopback only. */
export async function n8nEnvironment(
	n8n: N8n,
	{ userFolder, port, settings }: N8nPlace,
): Promise<NodeJS.ProcessEnv> {
	const ownPort = port ?? (await freePort());
	const inherited = Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name));
	return {
		...environmentOf(n8n.node, Object.fromEntries(inherited)),
		...SILENT,
		...n8n.env,
		NO_PROXY: ['127.0.0.1', 'localhost', process.env.NO_PROXY].filter(Boolean).join(','),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(ownPort),
		N8N_RUNNERS_BROKER_PORT: String(await freePort(ownPort)),
		N8N_SECURE_COOKIE: 'false',
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		...settings,
	};
}
