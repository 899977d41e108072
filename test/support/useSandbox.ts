import { clearCatalog } from '../../nodes/shared/models/catalog';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox';

/**
 * Starts a sandbox before the tests of a file or a `describe` and closes it after them. Each test
 * begins with an empty request log, without faults, at the pace of the options, and with a node that
 * has not read the catalog yet.
 *
 * @returns the sandbox; it can be used from the first `beforeAll` or test on
 */
export function useSandbox(options: SandboxOptions = {}): Sandbox {
	const sandbox = {} as Sandbox;
	beforeAll(async () => {
		Object.assign(sandbox, await startSandbox(options));
	});
	beforeEach(() => {
		sandbox.requestLog.clear();
		sandbox.faults.clear();
		sandbox.setLatency(options.latencyMs ?? 0);
		sandbox.setRate(options.rate ?? null);
		sandbox.setJobPace(options.jobPace ?? { pollsUntilDone: 2 });
		clearCatalog();
	});
	afterAll(async () => await sandbox.close());
	return sandbox;
}
