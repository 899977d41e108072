/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const isWindows = process.platform === 'win32';
const running = new Set<ChildProcess>();

process.once('exit', () => running.forEach((child) => signalTree(child, 'SIGKILL')));

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	try {
		if (isWindows) execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
		else process.kill(-child.pid, signal);
	} catch {
		// It ended in the meantime.
	}
}

export interface ChildOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** The user that it runs as, where it is not this program's own. */
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

/** Terminates a process and its children, and kills them after the grace time. */
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
