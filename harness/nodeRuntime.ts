/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { delimiter, dirname } from 'node:path';

/** A Node.js that n8n can run on. */
export interface NodeRuntime {
	binary: string;
	/** The ABI version of native modules. */
	abi: string;
	/** The folder of its headers, if known. */
	headers?: string;
}

/** The environment in which `node` is the given runtime, with its headers. */
export function environmentOf(node: NodeRuntime, env = process.env): NodeJS.ProcessEnv {
	return {
		...env,
		PATH: [dirname(node.binary), env.PATH].join(delimiter),
		...(node.headers && { npm_config_nodedir: node.headers }),
	};
}
