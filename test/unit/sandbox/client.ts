import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox';
import { tryParse } from '../../../sandbox/json';

export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed JSON; `undefined` for any other text. */
	body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely
}

interface CallOptions {
	method?: string;
	path?: string;
	/** null sends none. */
	key?: string | null;
	headers?: Record<string, string>;
	signal?: AbortSignal;
}

const opened: Sandbox[] = [];
afterEach(async () => {
	await Promise.all(opened.splice(0).map(async (sandbox) => await sandbox.close()));
});

/** A sandbox for one test, closed after it however the test ends. */
export async function openSandbox(options?: SandboxOptions): Promise<Sandbox> {
	const sandbox = await startSandbox(options);
	opened.push(sandbox);
	return sandbox;
}

export const pause = async (ms: number) =>
	await new Promise((resolve) => AbortSignal.timeout(ms).addEventListener('abort', resolve));

/** Resolves once the condition holds; throws after two seconds. */
export async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 2000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error(`Not within two seconds: ${condition}`);
		await pause(5);
	}
}

/** Sends one request; a body makes it a POST. Rejects like `fetch` does. */
export async function call(
	{ url, apiKey }: Sandbox,
	body?: unknown,
	options: CallOptions = {},
): Promise<Answer> {
	const { path = '/v1/chat/completions', key = apiKey, headers, signal } = options;
	const response = await fetch(url + path, {
		method: options.method ?? (body === undefined ? 'GET' : 'POST'),
		headers: {
			...(key !== null && { authorization: `Bearer ${key}` }),
			...(body !== undefined && { 'content-type': 'application/json' }),
			...headers,
		},
		body: typeof body === 'string' ? body : JSON.stringify(body),
		signal,
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, body: tryParse(text) };
}

/** GET, free of charge. */
export const read = async (sandbox: Sandbox, path: string, options: CallOptions = {}) =>
	await call(sandbox, undefined, { ...options, path });

/** A chat request with one user message. */
export const chat = (content: unknown, more: Record<string, unknown> = {}) => ({
	model: 'openai/gpt-4o-mini',
	messages: [{ role: 'user', content }],
	...more,
});
