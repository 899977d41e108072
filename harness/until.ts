/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer. */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined>,
	withinMs = 60_000,
): Promise<T> {
	const deadline = Date.now() + withinMs;
	while (Date.now() < deadline) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		await sleep(250);
	}
	throw new Error(`${what}: not within ${withinMs / 1000} s`);
}
