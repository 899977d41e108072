import { ACTIONS, OPERATION_RUNS } from '../../ui/support/operations';

test('the browser tests run every operation of the node, and none that is gone', () => {
	const paths = ACTIONS.map(([path]) => path);
	expect(Object.keys(OPERATION_RUNS).sort()).toEqual(paths.sort());
});
