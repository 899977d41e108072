/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const isWindows = process.platform === 'win32';
const running = new Set<ChildProcess>();

process.once('exit', () => running.forEach((child) => signalTree(child, 'SIGKILL')));

/** Whether a process has ended by itself or by a signal; its own children may still run. */
export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
	exitCode !== null || signalCode !== null;

/** Whether a process with this ID runs. */
export function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

/** Signals the whole process group, whose members may outlive the process that was started. */
function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		if (isWindows) execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
		else process.kill(-child.pid, signal);
	} catch {
		// All of them have ended.
	}
}

export interface ChildOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** The user ID that it runs as; this program's own by default. */
	uid?: number;
	/** Called with each chunk of output. */
	onOutput?: (chunk: string) => void;
}

/** Starts a process in its own process group, which ends with this program at the latest. */
export function startChild(
	command: string,
	args: readonly string[],
	{ cwd, env, uid, onOutput }: ChildOptions,
): ChildProcess {
	const child = spawn(command, args, {
		cwd,
		env,
		uid,
		detached: !isWindows,
		shell: isWindows && !command.endsWith('.exe'),
		stdio: 'pipe',
	});
	running.add(child);
	child.once('close', () => running.delete(child));
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (chunk: string) => onOutput?.(chunk));
	}
	return child;
}

/**
 * Terminates a process and its children, and kills them if they still run after the grace time. Resolves
 * when all have ended and their output has been read.
 */
export async function endChild(child: ChildProcess, graceMs = 15_000): Promise<void> {
	if (!running.has(child)) return;
	const closed = once(child, 'close');
	signalTree(child, 'SIGTERM');
	const force = setTimeout(() => signalTree(child, 'SIGKILL'), graceMs);
	await closed;
	clearTimeout(force);
}

/** Runs a command and returns its exit code and output. */
export async function runChild(
	command: string,
	args: readonly string[],
	options: Omit<ChildOptions, 'onOutput'>,
): Promise<{ code: number | null; output: string }> {
	let output = '';
	const child = startChild(command, args, { ...options, onOutput: (chunk) => (output += chunk) });
	child.stdin?.end();
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	return { code, output };
}
