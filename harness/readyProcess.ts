/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
import type { ChildProcess } from 'node:child_process';
import { endChild, hasEnded, startChild, type ChildOptions } from './childProcess';
import { commandError } from './errors';
import { until } from './until';

/** A server, and when it counts as started. */
interface ServerCommand extends Omit<ChildOptions, 'onOutput'> {
	/** For progress and errors, e.g. `Redis`. */
	name: string;
	command: string;
	args: readonly string[];
	/** Asked again and again with all that the server has printed so far. */
	isReady(log: string): Promise<boolean> | boolean;
	withinMs: number;
}

interface ReadyProcess {
	child: ChildProcess;
	/** All that it has printed so far. */
	log(): string;
}

/**
 * Starts a server and waits until it is ready. One that does not become ready is ended.
 *
 * @throws UserFacingError if it ends early or is not ready in time
 */
export async function startReady(server: ServerCommand): Promise<ReadyProcess> {
	const { name, command, args, isReady, withinMs, ...options } = server;
	let log = '';
	const child = startChild(command, args, { ...options, onOutput: (chunk) => (log += chunk) });
	child.once('error', ({ message }) => (log += message));
	const ready = async () => {
		if (!hasEnded(child)) return await isReady(log);
		await endChild(child);
		throw commandError(`Starting ${name}`, log);
	};
	try {
		await until(`${name} to start`, ready, { withinMs, everyMs: 100 });
	} catch (error) {
		await endChild(child);
		throw error;
	}
	return { child, log: () => log };
}
