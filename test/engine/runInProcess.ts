/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { ExecutionEnd, ExecutionPart } from './executionProcess';

/** Runs parts of an execution one after the other, each in a process of its own. */
export async function runInProcesses<T>(
	use: (run: (part: ExecutionPart) => Promise<ExecutionEnd>) => Promise<T>,
): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'aimlapi-process-'));
	const script = join(folder, 'execution.js');
	try {
		await build({
			entryPoints: [join(__dirname, 'executionProcess.ts')],
			outfile: script,
			bundle: true,
			packages: 'external',
			platform: 'node',
			// `X.node` is our `X.node.ts`, not the `X.node.json` beside it.
			resolveExtensions: ['.ts', '.js', '.json'],
		});
		const env = { ...process.env, NODE_PATH: join(__dirname, '../../node_modules') };
		return await use(async (part) => {
			const args = [script, JSON.stringify(part)];
			const { stdout } = await promisify(execFile)(process.execPath, args, {
				env,
				maxBuffer: 100_000_000,
			});
			return JSON.parse(stdout) as ExecutionEnd;
		});
	} finally {
		await rm(folder, { recursive: true });
	}
}
