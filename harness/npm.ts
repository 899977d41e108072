/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import { npmError } from './errors';
import { environmentOf, type NodeRuntime } from './nodeRuntime';
import { runChild } from './childProcess';

const INHERITED_FROM_NPM_RUN = /^npm_(package_|lifecycle_|config_(local_prefix|ignore_scripts)$)/;

const withoutNpmRun = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
	Object.fromEntries(Object.entries(env).filter(([name]) => !INHERITED_FROM_NPM_RUN.test(name)));

const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier'];

/** Makes npm report an unreachable registry after seconds instead of a minute. */
const FAIL_FAST = ['--fetch-retry-mintimeout=2000', '--fetch-retry-factor=2'];

/**
 * Runs npm in a folder, independently of the npm script that started this program.
 *
 * @param what the subject of the error message, e.g. `The build`
 * @returns what npm printed
 * @throws UserFacingError if npm fails
 */
export async function npm(
	what: string,
	args: readonly string[],
	{ folder, node }: { folder: string; node?: NodeRuntime },
): Promise<string> {
	const env = withoutNpmRun(node ? environmentOf(node) : process.env);
	const { code, output } = await runChild('npm', [...args, ...QUIET, ...FAIL_FAST], {
		cwd: folder,
		env,
	});
	if (code !== 0) throw npmError(what, output);
	return output;
}
