/* eslint-disable @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
/** An answer or document is of no use, and a retry would return the same. */
export class UnusableError extends Error {}

/** The API was out of reach, overloaded or broken in all attempts. */
export class UnavailableError extends Error {}

const TIMEOUT_MS = 30_000;

/** Waits before the second, third and fourth attempt. */
const WAITS_MS = [1000, 4000, 15_000];

export type Pause = (ms: number) => Promise<void>;

/**
 * Fetches a URL without a key and returns its parsed JSON. Retries three times on network errors, 429 and
 * 5xx, after the wait that `Retry-After` asks for, if any.
 *
 * @throws UnusableError on any other HTTP error, and if the answer isn't JSON
 * @throws UnavailableError if all attempts fail
 */
export async function fetchJson(url: string, pause: Pause): Promise<unknown> {
	for (const waitMs of WAITS_MS) {
		const { retryAfterMs, ...answer } = await attempt(url);
		if (!answer.problem) return parse(answer.text);
		await pause(retryAfterMs ?? waitMs);
	}
	const { problem, text } = await attempt(url);
	if (problem) throw new UnavailableError(problem);
	return parse(text);
}

interface Attempt {
	text: string;
	/** Why it has to be retried. */
	problem?: string;
	retryAfterMs?: number;
}

async function attempt(url: string): Promise<Attempt> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
		const text = await response.text();
		if (response.ok) return { text };
		const problem = `HTTP ${response.status}`;
		if (response.status !== 429 && response.status < 500) throw new UnusableError(problem);
		const seconds = Number(response.headers.get('retry-after') ?? NaN);
		return { text, problem, retryAfterMs: seconds >= 0 ? seconds * 1000 : undefined };
	} catch (error) {
		if (error instanceof UnusableError) throw error;
		const { cause, message } = error as Error & { cause?: Error };
		return { text: '', problem: cause?.message ?? message };
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new UnusableError('it is not JSON');
	}
}
