import { itemsOf, unflatten, type RunData } from '../../../harness/runData';

test('a flattened value is put together again, shared parts and loops included', () => {
	const text =
		'[{"a":"1","b":"2","c":"1","self":"0","n":3,"none":null},["3","4"],"1","text",{"deep":"2"}]';
	const value = unflatten(text) as Record<string, unknown>;
	expect(value).toMatchObject({ a: ['text', { deep: '1' }], b: '1', n: 3, none: null });
	expect(value.c).toBe(value.a);
	expect(value.self).toBe(value);
});

test('the items of a node that did not run are none', () => {
	const items = [{ json: { n: 1 } }];
	const ran = { startTime: 0, executionTime: 1, data: { main: [null, items] } };
	const run: RunData = { resultData: { runData: { Node: [ran] } } };
	expect(itemsOf(run, 'Node')).toEqual([]);
	expect(itemsOf(run, 'Node', 1)).toBe(items);
	expect(itemsOf(run, 'Other')).toEqual([]);
});
