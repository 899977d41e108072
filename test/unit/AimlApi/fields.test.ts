import fc from 'fast-check';
import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type NodeParameterValueType,
} from 'n8n-workflow';
import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import {
	nodeProperties,
	type ResourceDescription,
} from '../../../nodes/AimlApi/descriptions/nodeProperties';
import { OPERATIONS } from '../../support/operations';

const { description } = new AimlApi();

/** The names of the fields that are shown, in their order. */
const shown = (parameters: INode['parameters']): string[] =>
	description.properties
		.filter((field) =>
			NodeHelpers.displayParameter(parameters, field, { typeVersion: 1 }, description, parameters),
		)
		.filter(({ type }) => type !== 'hidden')
		.map(({ name }) => name);

test.each(OPERATIONS)(
	'$resource, $operation shows each field once, the options last',
	({ resource, operation }) => {
		const names = shown({ resource, operation });
		expect(names.slice(0, 2)).toEqual(['resource', 'operation']);
		expect(new Set(names).size).toBe(names.length);
		const own = names.slice(2);
		if (own.includes('options')) expect(own.at(-1)).toBe('options');
	},
);

test('operations share one declaration of a field that may hold expressions', () => {
	const times = (name: string) =>
		description.properties.filter((field) => field.name === name).length;
	expect(times('modelParameters')).toBe(1);
	expect(times('extraBody')).toBe(1);
	expect(times('returnAll')).toBe(1);
	expect(times('limit')).toBe(1);
	expect(times('messages')).toBeLessThanOrEqual(2);
	expect(times('model')).toBeLessThanOrEqual(3);
});

describe('a field that several operations list', () => {
	const field = (name: string): INodeProperties => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
	});
	const describeResource = (
		resource: string,
		fields: Record<string, INodeProperties[]>,
	): ResourceDescription => ({
		resource,
		operationField: {
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			options: Object.keys(fields).map((value) => ({ name: value, value })),
			default: '',
		},
		fields,
	});
	const shownFor = (descriptions: ResourceDescription[]) =>
		nodeProperties(descriptions)
			.filter(({ name }) => name !== 'operation')
			.map(({ name, displayOptions }) => {
				const { resource, operation } = displayOptions!.show!;
				return `${name}: ${resource!.join('+')} ${operation!.join('+')}`;
			});
	const [model, messages, prompt, extra] = ['model', 'messages', 'prompt', 'extra'].map(field);

	test('fields that operations share become one, in the order of each operation', () => {
		expect(
			shownFor([
				describeResource('chat', { ask: [model, messages, extra] }),
				describeResource('image', { make: [model, prompt, extra] }),
			]),
		).toEqual([
			'model: chat+image ask+make',
			'prompt: image make',
			'messages: chat ask',
			'extra: chat+image ask+make',
		]);
	});

	test('each operation shows its fields as it lists them, whatever the others list', () => {
		const constants = ['a', 'b', 'c', 'd', 'e'].map(field);
		const listed = fc.shuffledSubarray(constants);
		const operation = fc.constantFrom('ask', 'make', 'get');
		const fields = fc.dictionary(operation, listed, { minKeys: 1 });
		fc.assert(
			fc.property(fc.array(fields, { minLength: 1, maxLength: 5 }), (all) => {
				const descriptions = all.map((each, index) => describeResource(`r${index}`, each));
				const properties = nodeProperties(descriptions);
				for (const each of descriptions) {
					for (const [name, own] of Object.entries(each.fields)) {
						const seen = properties.filter(({ displayOptions }) => {
							const { resource, operation: names } = displayOptions!.show!;
							return resource!.includes(each.resource) && names?.includes(name);
						});
						expect(seen.map((one) => one.name)).toEqual(own.map((one) => one.name));
					}
				}
			}),
		);
	});

	test('a shared field stays apart where it would also show for an operation that does not list it', () => {
		expect(
			shownFor([
				describeResource('chat', { make: [model], get: [] }),
				describeResource('image', { make: [], get: [model] }),
			]),
		).toEqual(['model: image get', 'model: chat make']);
	});

	test('fields of the same name that are different constants stay apart', () => {
		expect(
			shownFor([
				describeResource('chat', { ask: [field('a')] }),
				describeResource('image', { make: [field('a')] }),
			]),
		).toHaveLength(2);
	});
});

test('the list of models is loaded again when the resource or operation changes', () => {
	const models = description.properties.filter(({ name }) => name === 'model');
	for (const { typeOptions } of models) {
		expect(typeOptions?.loadOptionsDependsOn).toEqual(['resource', 'operation']);
	}
});

describe('the field of older workflows that is an option now', () => {
	const chat = { resource: 'chat', operation: 'complete' };
	const url = { source: 'url', url: 'https://example.com/a.png' };

	test.each<[string, NodeParameterValueType, NodeParameterValueType[]]>([
		['extraBody', '{}', ['{"seed": 1}', '={{ $json.body }}']],
		['simplify', true, [false, '={{ $json.isShort }}']],
		['attachments', {}, [{ values: [url] }]],
	])('the older field %s shows only where a workflow sets it', (name, unset, set) => {
		expect(shown(chat)).not.toContain(name);
		expect(shown({ ...chat, [name]: unset })).not.toContain(name);
		for (const value of set) expect(shown({ ...chat, [name]: value })).toContain(name);
	});

	test('an older field does not show for an operation without it, even if its value is an expression', () => {
		const embedding = { resource: 'embedding', operation: 'create' };
		expect(shown({ ...embedding, splitPages: '={{ $json.isLong }}' })).not.toContain('splitPages');
	});
});
