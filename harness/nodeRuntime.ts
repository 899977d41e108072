/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { delimiter, dirname } from 'node:path';

/** A Node that n8n can run on. */
export interface NodeRuntime {
	binary: string;
	/** The version of its binary interface, by which compiled modules differ. */
	abi: string;
	/** The folder that holds its headers, where it is known. */
	headers?: string;
}

/** The environment in which `node` means the given runtime, its headers included. */
export function environmentOf(node: NodeRuntime, env = process.env): NodeJS.ProcessEnv {
	return {
		...env,
		PATH: [dirname(node.binary), env.PATH].join(delimiter),
		...(node.headers && { npm_config_nodedir: node.headers }),
	};
}
