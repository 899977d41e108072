import type { Sandbox } from '../../../sandbox';
import { call, type Answer } from './client';

/** Sends a body to an endpoint other than chat. */
export const post = async (sandbox: Sandbox, path: string, body: object): Promise<Answer> =>
	await call(sandbox, body, { path });

/** An image request. */
export const image = async (sandbox: Sandbox, model: string, more: object = {}) =>
	await post(sandbox, '/v1/images/generations', { model, prompt: 'A cat', ...more });

export interface Fetched {
	status: number;
	type: string | null;
	bytes: Buffer;
	url: string;
}

/** Fetches a result file as a client should: without the key, wherever it redirects to. */
export async function fetchFile(
	url: string,
	headers: Record<string, string> = {},
): Promise<Fetched> {
	const response = await fetch(url, { headers });
	return {
		status: response.status,
		type: response.headers.get('content-type'),
		bytes: Buffer.from(await response.arrayBuffer()),
		url: response.url,
	};
}

/** Sends a form; a name may come several times. */
export async function postForm(
	sandbox: Sandbox,
	path: string,
	fields: Array<[name: string, value: string | File]>,
): Promise<Pick<Answer, 'status' | 'body'>> {
	const form = new FormData();
	for (const [name, value] of fields) form.append(name, value);
	const response = await fetch(sandbox.url + path, {
		method: 'POST',
		headers: { authorization: `Bearer ${sandbox.apiKey}` },
		body: form,
	});
	return { status: response.status, body: await response.json() };
}
