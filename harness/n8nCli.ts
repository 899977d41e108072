import { commandError } from './errors';
import { n8nEnvironment } from './n8nEnvironment';
import type { N8n } from './n8nInstall';
import { runChild } from './childProcess';
import type { RunData } from './runData';

/** n8n's command line, for one user folder. */
export interface N8nCli {
	importCredentials(file: string): Promise<void>;
	/** From one file, or from every file of a folder. */
	importWorkflows(path: string): Promise<void>;
	/** Takes effect at the next start of the server. */
	publish(workflowId: string): Promise<void>;
	/** Runs a workflow to its end and returns its run data. */
	execute(workflowId: string): Promise<RunData>;
}

export function n8nCli(
	n8n: N8n,
	userFolder: string,
	settings: Record<string, string> = {},
): N8nCli {
	const run = async (command: string, ...args: string[]): Promise<string> => {
		const env = await n8nEnvironment(n8n, { userFolder, settings });
		const all = [n8n.program, command, ...args];
		const { code, output } = await runChild(n8n.node.binary, all, { cwd: userFolder, env });
		if (code !== 0) throw commandError(`n8n ${command}`, output);
		return output;
	};
	/** Checks the output for a sign of success, since n8n exits with 0 even if a command has failed. */
	const runExpecting = async (
		success: RegExp,
		command: string,
		...args: string[]
	): Promise<string> => {
		const output = await run(command, ...args);
		if (!success.test(output)) throw commandError(`n8n ${command}`, output);
		return output;
	};
	return {
		importCredentials: async (file) =>
			void (await runExpecting(/Successfully imported/, 'import:credentials', `--input=${file}`)),
		importWorkflows: async (path) => {
			const separate = path.endsWith('.json') ? [] : ['--separate'];
			const args = [...separate, `--input=${path}`];
			await runExpecting(/Successfully imported/, 'import:workflow', ...args);
		},
		publish: async (id) =>
			void (await runExpecting(/Publishing workflow/, 'publish:workflow', `--id=${id}`)),
		execute: async (id) => {
			const output = await runExpecting(/^\{$/m, 'execute', `--id=${id}`, '--rawOutput');
			return parseExecution(output);
		},
	};
}

/** Parses the run data among the other lines that n8n prints. */
export function parseExecution(output: string): RunData {
	const begin = output.search(/^\{$/m);
	const end = output.search(/^\}$/m);
	return (JSON.parse(output.slice(begin, end + 1)) as { data: RunData }).data;
}
