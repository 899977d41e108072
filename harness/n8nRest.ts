import { parse } from 'flatted';
import { UserFacingError } from './errors';
import type { RunData } from './runData';
import { until } from './until';

/** The one account of an n8n that the harness made; it is reached from this machine only. */
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

const UNDER_WAY = new Set(['new', 'running', 'waiting', 'unknown']);

/** A client of n8n's editor API, as its owner. */
export class N8nRest {
	cookie = '';

	constructor(readonly url: string) {}

	/** Logs in as the owner, and creates it first if there is none. */
	async logIn(): Promise<void> {
		const { userManagement } = await this.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/rest/settings');
		if (userManagement.showSetupOnFirstLoad) await this.request('POST', '/rest/owner/setup', OWNER);
		const { email, password } = OWNER;
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * Starts a workflow from one of its triggers, like the editor's button.
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

	/** Starts a workflow like `startWorkflow`, and waits for its end. */
	async runWorkflow(...started: Parameters<N8nRest['startWorkflow']>): Promise<Execution> {
		return await this.execution(await this.startWorkflow(...started));
	}

	/**
	 * An execution with its data, once it has ended: n8n 1 tells the end of a failed one before its data.
	 *
	 * @param everyMs how often n8n is asked, which takes n8n a few milliseconds each time
	 */
	async execution(id: string, withinMs = 120_000, everyMs = 100): Promise<Execution> {
		const path = `/rest/executions/${id}`;
		const ended = async (): Promise<Execution | undefined> => {
			const stored = await this.request<StoredExecution>('GET', path).catch(whileBlocked);
			if (!stored || UNDER_WAY.has(stored.status)) return undefined;
			const data = parse(stored.data) as RunData | undefined;
			return data?.resultData && { ...stored, data };
		};
		return await until(`the end of execution ${id}`, ended, { withinMs, everyMs });
	}

	/** Stops an execution, once n8n listens. */
	async stopExecution(id: string): Promise<void> {
		const stop = async () =>
			await this.request<object>('POST', `/rest/executions/${id}/stop`).catch(whileBlocked);
		await until(`the stop of execution ${id}`, stop);
	}

	/** An execution with its data, once it is waiting. */
	async waitingExecution(id: string): Promise<Execution> {
		const waiting = async (): Promise<StoredExecution | undefined> => {
			const stored = await this.request<StoredExecution>('GET', `/rest/executions/${id}`);
			return stored.status === 'waiting' ? stored : undefined;
		};
		const stored = await until(`execution ${id} to wait`, waiting, {
			withinMs: 120_000,
			everyMs: 100,
		});
		return { ...stored, data: parse(stored.data) as RunData };
	}

	/** The ids of a workflow's executions, newest first. */
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
		// n8n closes idle connections after five seconds; a busy process notices when it sends.
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
 * Passes over errors of a moment: while its event loop is blocked, n8n breaks connections or answers 503,
 * and n8n 2.16 answers 500 for an execution without stored data.
 */
function whileBlocked(error: Error): undefined {
	const passing = /^fetch failed$|'resultData'|Database is not ready/;
	if (!passing.test(error.message)) throw error;
}
