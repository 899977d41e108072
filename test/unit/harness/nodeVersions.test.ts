import { fitVersions } from '../../../harness/compat/nodeVersions';
import { chain } from '../../../harness/workflows/workflow';

const workflow = (typeVersion: number) =>
	chain('agents', [{ name: 'Agent', type: 'agent', typeVersion, parameters: {} }]);

const trigger = { name: 'n8n-nodes-base.manualTrigger', version: 1 };

const fitted = (typeVersion: number, ...agents: Array<number | number[]>) => {
	const types = [trigger, ...agents.map((version) => ({ name: 'agent', version }))];
	return fitVersions(workflow(typeVersion), types)?.nodes.map((node) => node.typeVersion);
};

test('a node keeps its version in an n8n that has a later one', () => {
	expect(fitted(1.6, [1.5, 1.6, 1.7])).toEqual([1, 1.6]);
	expect(fitted(2.2, [1.6, 1.7], [2, 2.1, 2.2, 3])).toEqual([1, 2.2]);
});

test('a node gets the newest version of an n8n that does not have its own yet', () => {
	expect(fitted(1.9, [1.5, 1.6, 1.7])).toEqual([1, 1.7]);
	expect(fitted(1.3, 1)).toEqual([1, 1]);
});

test('an n8n without a node, or without its major version, can’t run the workflow', () => {
	expect(fitted(2.2, [1.6, 1.7])).toBeUndefined();
	expect(fitted(1)).toBeUndefined();
});
