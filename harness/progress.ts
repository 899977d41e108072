/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */

const HEARTBEAT_MS = 15_000;

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Prints a line for the user. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs a step, and prints its start, the time that it takes, and its end. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const started = Date.now();
	say(`· ${title}`);
	const heartbeat = setInterval(() => say(`  … ${title}: ${seconds(started)}`), HEARTBEAT_MS);
	try {
		const result = await work();
		say(`✓ ${title} (${seconds(started)})`);
		return result;
	} finally {
		clearInterval(heartbeat);
	}
}
