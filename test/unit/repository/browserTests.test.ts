import { ACTIONS, OPERATION_RUNS } from '../../ui/support/operations';

test('the browser tests run exactly the operations of the node', () => {
	const paths = ACTIONS.map(([path]) => path);
	expect(Object.keys(OPERATION_RUNS).sort()).toEqual(paths.sort());
});
