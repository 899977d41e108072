import { mapInParallel } from '../../../../nodes/shared/run/mapInParallel';

/** A task that ends when it is told. */
const task = () => {
	const ends: Array<() => void> = [];
	const begun: number[] = [];
	const run = async (item: number) => {
		begun.push(item);
		await new Promise<void>((resolve) => (ends[item] = resolve));
		return item * 10;
	};
	return { ends, begun, run };
};
const turn = async () => await new Promise((resolve) => setImmediate(resolve));

test('no more than the cap are under way, and the results keep the order of the items', async () => {
	const { ends, begun, run } = task();
	const results = mapInParallel([0, 1, 2, 3], 2, run);
	expect(begun).toEqual([0, 1]);
	ends[1]();
	await turn();
	expect(begun).toEqual([0, 1, 2]);
	ends[2]();
	await turn();
	ends[3]();
	ends[0]();
	expect(await results).toEqual([0, 10, 20, 30]);
});

test('after a failure nothing more is begun', async () => {
	const begun: number[] = [];
	const results = mapInParallel([0, 1, 2, 3], 2, async (item) => {
		begun.push(item);
		await turn();
		if (item === 0) throw new Error('No');
		return item;
	});
	await expect(results).rejects.toThrow('No');
	await turn();
	expect(begun).toEqual([0, 1]);
});

test('no items, no results', async () => {
	expect(await mapInParallel([], 3, async () => 1)).toEqual([]);
});
