import fc from 'fast-check';
import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import { shareFields } from '../../../nodes/AimlApi/properties';

const { description } = new AimlApi();
const choices = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];
const [resourceField] = description.properties;

/** Each operation with its resource, as the two fields offer them. */
const OPERATIONS = choices(resourceField).flatMap(({ value: resource }) =>
	description.properties
		.filter(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(resource),
		)
		.flatMap(choices)
		.map(({ value: operation }) => ({ resource, operation })),
);

/** The names of the fields that are shown, in their order. */
const shown = (parameters: INode['parameters']): string[] =>
	description.properties
		.filter((field) =>
			NodeHelpers.displayParameter(parameters, field, { typeVersion: 1 }, description, parameters),
		)
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

test('what may hold expressions is declared for as many operations at once as look alike', () => {
	const times = (name: string) =>
		description.properties.filter((field) => field.name === name).length;
	expect(times('modelParameters')).toBe(1);
	expect(times('extraBody')).toBe(1);
	expect(times('messages')).toBeLessThanOrEqual(2);
	expect(times('model')).toBeLessThanOrEqual(3);
});

describe('fields that operations declare alike', () => {
	const operationField = (resource: string, operations: string[]): INodeProperties => ({
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		displayOptions: { show: { resource: [resource] } },
		options: operations.map((value) => ({ name: value, value })),
		default: operations[0],
	});
	const field = (name: string, resource: string, operation: string, type = 'string') =>
		({
			displayName: name,
			name,
			type,
			default: '',
			displayOptions: { show: { resource: [resource], operation: [operation] } },
		}) as INodeProperties;
	const told = (fields: INodeProperties[]) =>
		shareFields(fields)
			.filter(({ name }) => name !== 'operation')
			.map(({ name, displayOptions }) => {
				const { resource, operation } = displayOptions!.show!;
				return `${name}: ${resource!.join('+')} ${operation!.join('+')}`;
			});

	test('become one, in the order that each operation gives them', () => {
		expect(
			told([
				operationField('chat', ['ask']),
				field('model', 'chat', 'ask'),
				field('messages', 'chat', 'ask'),
				field('extra', 'chat', 'ask'),
				operationField('image', ['make']),
				field('model', 'image', 'make'),
				field('prompt', 'image', 'make'),
				field('extra', 'image', 'make'),
			]),
		).toEqual([
			'model: chat+image ask+make',
			'prompt: image make',
			'messages: chat ask',
			'extra: chat+image ask+make',
		]);
	});

	test('are shown for each operation as it declares them, whatever the others declare', () => {
		const declared = fc.uniqueArray(
			fc.record({
				name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
				type: fc.constantFrom('string', 'number'),
			}),
			{ selector: ({ name }) => name, maxLength: 5 },
		);
		const operation = fc.constantFrom('ask', 'make', 'get');
		const resource = fc.dictionary(operation, declared, { minKeys: 1 });
		fc.assert(
			fc.property(fc.array(resource, { minLength: 1, maxLength: 5 }), (resources) => {
				const each = resources.flatMap((operations, index) =>
					Object.entries(operations).map(([name, fields]) => ({ of: `r${index}`, name, fields })),
				);
				const all = shareFields([
					...resources.map((operations, index) =>
						operationField(`r${index}`, Object.keys(operations)),
					),
					...each.flatMap(({ of, name, fields }) =>
						fields.map((one) => field(one.name, of, name, one.type)),
					),
				]);
				for (const { of, name, fields } of each) {
					const seen = all.filter(({ displayOptions }) => {
						const { resource: shownFor, operation: names } = displayOptions!.show!;
						return shownFor!.includes(of) && names?.includes(name);
					});
					expect(seen.map((one) => ({ name: one.name, type: one.type }))).toEqual(fields);
				}
			}),
		);
	});

	test('stay apart where one would show for an operation that has none', () => {
		expect(
			told([
				operationField('chat', ['make', 'get']),
				operationField('image', ['make', 'get']),
				field('model', 'chat', 'make'),
				field('model', 'image', 'get'),
			]),
		).toEqual(['model: image get', 'model: chat make']);
	});

	test('stay apart where they differ, or where the operations order them differently', () => {
		const crossed = told([
			operationField('chat', ['ask']),
			field('a', 'chat', 'ask'),
			field('b', 'chat', 'ask'),
			operationField('image', ['make']),
			field('b', 'image', 'make'),
			field('a', 'image', 'make'),
		]);
		expect(crossed).toHaveLength(3);
		const typed = told([
			operationField('chat', ['ask']),
			field('a', 'chat', 'ask'),
			operationField('image', ['make']),
			field('a', 'image', 'make', 'number'),
		]);
		expect(typed).toHaveLength(2);
	});
});
