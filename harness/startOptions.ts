/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
import { parseArgs } from 'node:util';
import { UserFacingError } from './errors';

const USAGE = 'Usage: npm start -- [--once | --watch] [--port=5690] [--variants]';

/** The options of `npm start`. */
export interface StartOptions {
	/** Stop after the example has run. */
	once: boolean;
	/** Rebuild the package and restart n8n whenever a source changes. */
	watch: boolean;
	/** Port of the editor; the sandbox uses the next one. The default avoids n8n's own 5678 and 5679. */
	port: number;
	/** Whether the sandbox also lists its invented models. */
	variants: boolean;
	/** Set to use the real API. */
	apiKey?: string;
}

/** Parses the command line and the environment of `npm start`. @throws UserFacingError */
export function startOptions(args: string[], env: NodeJS.ProcessEnv): StartOptions {
	const { port, ...flags } = parse(args);
	const number = Number(port);
	if (!Number.isInteger(number) || number < 1 || number > 65_534) {
		throw new UserFacingError(`'${port}' is not a port number. ${USAGE}`);
	}
	return { ...flags, port: number, apiKey: env.AIMLAPI_API_KEY?.trim() || undefined };
}

function parse(args: string[]): { once: boolean; watch: boolean; variants: boolean; port: string } {
	const options = {
		once: { type: 'boolean', default: false },
		watch: { type: 'boolean', default: false },
		variants: { type: 'boolean', default: false },
		port: { type: 'string', default: '5690' },
	} as const;
	try {
		return parseArgs({ args, options }).values;
	} catch (error) {
		throw new UserFacingError(`${(error as Error).message}. ${USAGE}`);
	}
}
