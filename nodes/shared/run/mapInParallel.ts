/**
 * Does a task for each item, at most `cap` at once, and gives the results in the order of the items.
 * After the first that fails no further one is begun.
 *
 * @throws what the first failed task threw
 */
export async function mapInParallel<Item, Result>(
	items: readonly Item[],
	cap: number,
	task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < items.length) {
			const index = next++;
			results[index] = await task(items[index]).catch((error: unknown) => {
				next = items.length;
				throw error;
			});
		}
	};
	await Promise.all(Array.from({ length: Math.min(cap, items.length) }, work));
	return results;
}
