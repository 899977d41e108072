import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox';

/**
 * Starts a sandbox before the tests of a file or a `describe` and closes it after them. Each test
 * begins with an empty request log and without faults.
 *
 * @returns the sandbox; it can be used from the first `beforeAll` or test on
 */
export function useSandbox(options?: SandboxOptions): Sandbox {
	let started: Sandbox | undefined;
	beforeAll(async () => {
		started = await startSandbox(options);
	});
	beforeEach(() => {
		started?.requestLog.clear();
		started?.faults.clear();
	});
	afterAll(async () => await started?.close());
	return new Proxy({} as Sandbox, {
		get: (_, property: keyof Sandbox) => {
			if (!started) throw new Error('The sandbox is not started before the first beforeAll');
			return started[property];
		},
	});
}
