import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import type { INodePropertyOptions } from 'n8n-workflow';
import { CASES } from '../../../harness/compat/cases';

const { properties } = new AimlApi().description;

const operationsOfNode = properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options = [] }) =>
		(displayOptions?.show?.resource ?? []).flatMap((resource) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${String(resource)}: ${String(value)}`,
			),
		),
	);

test('every operation of the node is tried in every n8n', () => {
	const tried = CASES.flatMap(({ workflow }) => workflow.nodes)
		.filter(({ type }) => type.endsWith('.aimlApi'))
		.map(({ parameters: { resource, operation } }) => `${String(resource)}: ${String(operation)}`);
	expect(operationsOfNode.length).toBeGreaterThan(20);
	expect([...new Set(tried)].sort()).toEqual([...new Set(operationsOfNode)].sort());
});

test('every case has a name of its own, and its workflow an ID of its own', () => {
	const names = CASES.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	const ids = CASES.map(({ workflow }) => workflow.id);
	expect(new Set(ids).size).toBe(ids.length);
});
