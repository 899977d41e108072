/* eslint-disable @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
/** An answer that is final, as a retry would bring the same. */
export class RefusedError extends Error {}

/** No answer, or none that can be used, after all retries. */
export class UnavailableError extends Error {}

const TIMEOUT_MS = 30_000;

/** Waits before the second, third and fourth attempt, in milliseconds. */
const WAITS = [1000, 4000, 15_000];

/** Waits so many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

/**
 * Gets a URL as parsed JSON, without a key. Asks four times in all while the API is out of reach,
 * limits the rate or has an error of its own, and heeds `Retry-After`.
 *
 * @throws RefusedError on any other status than 2xx and on what is no JSON
 * @throws UnavailableError when the last attempt failed, too
 */
export async function fetchJson(url: string, pause: Pause): Promise<unknown> {
	for (const wait of WAITS) {
		const { retryAfter, ...answer } = await attempt(url);
		if (!answer.problem) return parse(answer.text);
		await pause(retryAfter ?? wait);
	}
	const { problem, text } = await attempt(url);
	if (problem) throw new UnavailableError(problem);
	return parse(text);
}

interface Attempt {
	text: string;
	/** Why another attempt is due. */
	problem?: string;
	/** Milliseconds. */
	retryAfter?: number;
}

async function attempt(url: string): Promise<Attempt> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
		const text = await response.text();
		if (response.ok) return { text };
		const problem = `HTTP ${response.status}`;
		if (response.status !== 429 && response.status < 500) throw new RefusedError(problem);
		const seconds = Number(response.headers.get('retry-after') ?? NaN);
		return { text, problem, retryAfter: seconds >= 0 ? seconds * 1000 : undefined };
	} catch (error) {
		if (error instanceof RefusedError) throw error;
		const { cause, message } = error as Error & { cause?: Error };
		return { text: '', problem: cause?.message ?? message };
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new RefusedError('it is no JSON');
	}
}
