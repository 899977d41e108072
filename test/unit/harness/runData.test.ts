import { itemsOf, type RunData } from '../../../harness/runData';

test('the items of a node that did not run are none', () => {
	const items = [{ json: { n: 1 } }];
	const ran = { startTime: 0, executionTime: 1, data: { main: [null, items] } };
	const run: RunData = { resultData: { runData: { Node: [ran] } } };
	expect(itemsOf(run, 'Node')).toEqual([]);
	expect(itemsOf(run, 'Node', 1)).toBe(items);
	expect(itemsOf(run, 'Other')).toEqual([]);
});
