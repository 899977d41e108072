import fc from 'fast-check';
import { Semaphore } from '../../../../nodes/AimlApi/run/concurrency';

test('tasks start in order and never more than the limit run, whichever ends first', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 6 }),
			fc.scheduler(),
			fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
			async (cap, scheduler, outcomes) => {
				const queue = new Semaphore(cap);
				const started: number[] = [];
				let running = 0;
				let most = 0;
				const all = Promise.allSettled(
					outcomes.map(
						async (succeeds, number) =>
							await queue.run(async () => {
								started.push(number);
								most = Math.max(most, ++running);
								await scheduler.schedule(Promise.resolve());
								running--;
								if (!succeeds) throw new Error(String(number));
								return number;
							}),
					),
				);
				await scheduler.waitFor(all);
				const results = await all;
				expect(started).toEqual(outcomes.map((_, number) => number));
				expect(most).toBeLessThanOrEqual(cap);
				expect(results.map(({ status }) => status === 'fulfilled')).toEqual(outcomes);
			},
		),
	);
});
