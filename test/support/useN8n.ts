import type { RunningN8n } from '../../harness/n8nProcess';
import type { Execution, N8nRest } from '../../harness/n8nRest';
import type { PreparedN8n } from '../../harness/preparedN8n';
import type { RunData } from '../../harness/runData';

/** A running n8n, and the client of its editor's API. */
interface StartedN8n extends PreparedN8n {
	server: RunningN8n;
	rest: N8nRest;
}

/**
 * Starts an n8n before the tests of a file and ends it after them. Each test begins with an empty
 * request log and without faults.
 *
 * @param published IDs of workflows whose triggers are active
 * @returns the n8n; it can be used from the first test on
 */
export function useN8n(prepare: () => Promise<PreparedN8n>, published: string[] = []): StartedN8n {
	const n8n = {} as StartedN8n;
	beforeAll(async () => {
		Object.assign(n8n, await prepare());
		for (const id of published) await n8n.cli.publish(id);
		Object.assign(n8n, await n8n.start());
	});
	beforeEach(() => {
		n8n.sandbox.requestLog.clear();
		n8n.sandbox.faults.clear();
	});
	afterAll(async () => await n8n.end?.());
	return n8n;
}

/** Expects an execution to have succeeded, or else shows its error; returns its data. */
export function expectSuccess({ data, status }: Execution): RunData {
	expect([data.resultData.error?.message, status]).toEqual([undefined, 'success']);
	return data;
}
