import { parse } from 'flatted';
import { UserFacingError } from './errors';
import type { RunData } from './runData';
import { until } from './until';

/** The account of the harness's n8ns, which listen on loopback only. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Aimlapi-demo-1',
	firstName: 'Demo',
	lastName: 'Owner',
} as const;

/** A finished execution. */
export interface Execution {
	id: string;
	status: string;
	mode: string;
	workflowId: string;
	data: RunData;
}

type StoredExecution = Omit<Execution, 'data'> & { data: string };

const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);

/** A client of the API behind n8n's editor, logged in as the owner. */
export class N8nRest {
	cookie = '';

	constructor(readonly url: string) {}

	/** Logs in as the owner, whose account it creates if there is none. */
	async logIn(): Promise<void> {
		const { userManagement } = await this.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/rest/settings');
		if (userManagement.showSetupOnFirstLoad) await this.request('POST', '/rest/owner/setup', OWNER);
		const { email, password } = OWNER;
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * Starts a workflow from one of its triggers, as the editor does.
	 *
	 * @param workflowData the workflow itself, which n8n 1.x requires
	 * @returns the ID of the execution
	 */
	async startWorkflow(workflowId: string, trigger = 'Run', workflowData?: object): Promise<string> {
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: trigger }, ...(workflowData && { workflowData }) },
		);
		return executionId;
	}

	/** Starts a workflow and waits for its end; the parameters are those of `startWorkflow`. */
	async runWorkflow(...args: Parameters<N8nRest['startWorkflow']>): Promise<Execution> {
		return await this.execution(await this.startWorkflow(...args));
	}

	/**
	 * Waits for the end of an execution and returns it with its data. n8n 1 reports the end of a failed
	 * one before it has stored the data.
	 *
	 * @param everyMs interval of the requests, each of which takes n8n a few milliseconds
	 */
	async execution(id: string, withinMs = 120_000, everyMs = 100): Promise<Execution> {
		const path = `/rest/executions/${id}`;
		const ended = async (): Promise<Execution | undefined> => {
			const stored = await this.request<StoredExecution>('GET', path).catch(ignoreTemporary);
			if (!stored || UNFINISHED.has(stored.status)) return undefined;
			const data = parse(stored.data) as RunData | undefined;
			return data?.resultData && { ...stored, data };
		};
		return await until(`the end of execution ${id}`, ended, { withinMs, everyMs });
	}

	/** Stops an execution, even if n8n's event loop is blocked for a while. */
	async stopExecution(id: string): Promise<void> {
		const stop = async () =>
			await this.request<object>('POST', `/rest/executions/${id}/stop`).catch(ignoreTemporary);
		await until(`the stop of execution ${id}`, stop);
	}

	/** Waits until an execution is waiting, e.g. at a Wait node, and returns it with its data. */
	async waitingExecution(id: string): Promise<Execution> {
		const waiting = async () => {
			const stored = await this.request<StoredExecution>('GET', `/rest/executions/${id}`);
			return stored.status === 'waiting' && stored;
		};
		const stored = await until(`execution ${id} to wait`, waiting, {
			withinMs: 120_000,
			everyMs: 100,
		});
		return { ...stored, data: parse(stored.data) as RunData };
	}

	/** The IDs of a workflow's executions, newest first. */
	async executionIds(workflowId: string): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request<{ results: Array<{ id: string }> }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=20`,
		);
		return results.map(({ id }) => id);
	}

	/** A file in n8n's binary store. */
	async file(binaryDataId: string): Promise<Buffer> {
		const path = `/rest/binary-data?id=${encodeURIComponent(binaryDataId)}&action=download`;
		return Buffer.from(await (await this.send('GET', path)).arrayBuffer());
	}

	/** Sends a request of the editor and returns the `data` of the response. */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.send(method, path, body);
		const [cookie] = answer.headers.getSetCookie();
		if (cookie) this.cookie = cookie.split(';')[0];
		return ((await answer.json()) as { data: T }).data;
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		const ask = async () =>
			await fetch(this.url + path, {
				method,
				headers: {
					'content-type': 'application/json',
					cookie: this.cookie,
					'browser-id': 'harness',
				},
				body: body === undefined ? undefined : JSON.stringify(body),
			});
		// n8n closes idle connections after five seconds, which a busy process notices only when it sends.
		const answer = await ask().catch(async (error: unknown) => {
			if (method !== 'GET') throw error;
			return await ask();
		});
		if (answer.ok) return answer;
		const said = (await answer.text()).slice(0, 500);
		throw new UserFacingError(`n8n refused ${method} ${path}: ${answer.status} ${said}`);
	}
}

/**
 * Ignores temporary errors: while its event loop is blocked, n8n drops connections or answers 503, and
 * n8n 2.16 answers 500 for an execution without stored data.
 */
function ignoreTemporary(error: Error): undefined {
	const temporary = /^fetch failed$|'resultData'|Database is not ready/;
	if (!temporary.test(error.message)) throw error;
}
