import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox';

/**
 * Starts a sandbox before the tests of a file or a `describe` and closes it after them. Each test
 * begins with an empty request log and without faults.
 *
 * @returns the sandbox; it can be used from the first `beforeAll` or test on
 */
export function useSandbox(options?: SandboxOptions): Sandbox {
	const sandbox = {} as Sandbox;
	beforeAll(async () => {
		Object.assign(sandbox, await startSandbox(options));
	});
	beforeEach(() => {
		sandbox.requestLog.clear();
		sandbox.faults.clear();
	});
	afterAll(async () => await sandbox.close());
	return sandbox;
}
