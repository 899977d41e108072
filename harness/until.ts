/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';
import { UserFacingError } from './errors';

type NotYet = undefined | false;

/**
 * Calls `ask` again and again until it returns something other than `undefined` or `false`.
 *
 * @param what what is waited for, for the error message
 * @throws UserFacingError on timeout, and whatever `ask` throws
 */
export async function until<T>(
	what: string,
	ask: () => Promise<T | NotYet> | T | NotYet,
	{ withinMs = 60_000, everyMs = 250 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
	const deadline = Date.now() + withinMs;
	while (Date.now() < deadline) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		await sleep(everyMs);
	}
	throw new UserFacingError(`Waiting for ${what} took longer than ${withinMs / 1000} s.`);
}
