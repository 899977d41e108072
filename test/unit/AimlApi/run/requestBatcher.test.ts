import { RequestBatcher, type BatchOptions } from '../../../../nodes/AimlApi/run/requestBatcher';

const requests: string[][] = [];
beforeEach(() => void (requests.length = 0));

type Rules = BatchOptions<string, string>;
const rules = (size: number, extra: Partial<Rules> = {}): Rules => ({
	key: 'model',
	size,
	send: async (texts) => {
		requests.push(texts);
		return texts.map((text) => text.toUpperCase());
	},
	shouldSplitOnError: () => false,
	...extra,
});

test('many texts are sent in as few requests as the size allows, and each item gets its own results', async () => {
	const batcher = new RequestBatcher(() => 5);
	const results = await Promise.all(
		['a', 'b', 'c', 'd', 'e'].map(async (text, item) => await batcher.add(item, [text], rules(2))),
	);
	expect(requests).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
	expect(results).toEqual([['A'], ['B'], ['C'], ['D'], ['E']]);
});

test('the texts of one item stay together', async () => {
	const batcher = new RequestBatcher(() => 3);
	const results = await Promise.all([
		batcher.add(0, ['a', 'b'], rules(3)),
		batcher.add(1, ['c', 'd'], rules(3)),
		batcher.add(2, ['e'], rules(3)),
	]);
	expect(requests).toEqual([
		['a', 'b'],
		['c', 'd', 'e'],
	]);
	expect(results).toEqual([['A', 'B'], ['C', 'D'], ['E']]);
});

test('items with another key are sent in a request of their own', async () => {
	const batcher = new RequestBatcher(() => 2);
	await Promise.all([
		batcher.add(0, ['a'], rules(10, { key: 'small' })),
		batcher.add(1, ['b'], rules(10, { key: 'large' })),
	]);
	expect(requests).toEqual([['a'], ['b']]);
});

test('no item waits for one that failed before it could join', async () => {
	const batcher = new RequestBatcher(() => 2);
	const joined = batcher.add(0, ['a'], rules(10));
	batcher.skip(1);
	batcher.skip(1);
	expect(await joined).toEqual(['A']);
});

test('an item that the API refuses does not fail the others', async () => {
	const send = async (texts: string[]): Promise<string[]> => {
		requests.push(texts);
		if (texts.includes('bad')) throw new Error('refused');
		return texts;
	};
	const batcher = new RequestBatcher(() => 3);
	const outcomes = await Promise.allSettled(
		['a', 'bad', 'c'].map(
			async (text, item) =>
				await batcher.add(item, [text], rules(10, { send, shouldSplitOnError: () => true })),
		),
	);
	expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	expect(requests).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
});

test('a fault of no single item is not retried for each', async () => {
	const send = async (texts: string[]): Promise<string[]> => {
		requests.push(texts);
		throw new Error('overloaded');
	};
	const batcher = new RequestBatcher(() => 2);
	const outcomes = await Promise.allSettled([
		batcher.add(0, ['a'], rules(10, { send })),
		batcher.add(1, ['b'], rules(10, { send })),
	]);
	expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(requests).toHaveLength(1);
});
