/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test looks at the event loop itself */
import { EventLoopYielder } from '../../../../nodes/AimlApi/run/concurrency';

/** The tasks that continue in each round of the event loop, until all have. */
async function roundsOf(groups: EventLoopYielder, tasks: number): Promise<number[][]> {
	const rounds: number[][] = [[]];
	const all = Array.from({ length: tasks }, async (_, task) => {
		await groups.next();
		rounds.at(-1)!.push(task);
	});
	while (rounds.flat().length < tasks) {
		await new Promise<void>((resolve) => void setImmediate(resolve));
		if (rounds.at(-1)!.length) rounds.push([]);
	}
	await Promise.all(all);
	return rounds.filter(({ length }) => length);
}

test('thousands of items leave the event loop room for others, and keep their order', async () => {
	const rounds = await roundsOf(new EventLoopYielder(), 1000);
	expect(rounds.flat()).toEqual(Array.from({ length: 1000 }, (_, task) => task));
	// On a busy machine several groups may continue in the same round.
	expect(rounds.length).toBeGreaterThan(10);
});

test('few items wait for nothing', async () => {
	expect(await roundsOf(new EventLoopYielder(), 20)).toHaveLength(1);
});
