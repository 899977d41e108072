import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../../../../nodes/shared/errors/InputError';
import { parseOptions } from '../../../../nodes/shared/transport/options';

const field = (name: string, rest: Partial<INodeProperties>): INodeProperties => ({
	displayName: name.toUpperCase(),
	name,
	type: 'string',
	default: '',
	...rest,
});

const FIELDS: INodeProperties[] = [
	field('retries', {
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
	}),
	field('seconds', { type: 'number', typeOptions: { minValue: 0.05 } }),
	field('download', { type: 'boolean' }),
	field('then', {
		type: 'options',
		options: [
			{ name: 'Fail', value: 'fail' },
			{ name: 'Return', value: 'return' },
		],
	}),
	field('models', { typeOptions: { multipleValues: true } }),
	field('target', {}),
	field('requestId', { displayName: 'Request ID' }),
];
const parse = (values: unknown) => parseOptions(values, FIELDS);

test.each([
	[{}, {}],
	[undefined, {}],
	[{ retries: 4 }, { retries: 4 }],
	[{ retries: '4' }, { retries: 4 }],
	[{ seconds: '0.5' }, { seconds: 0.5 }],
	[{ download: false }, { download: false }],
	[{ download: 'false' }, { download: false }],
	[{ then: 'return' }, { then: 'return' }],
	[{ models: ['a', ' b ', ''] }, { models: ['a', 'b'] }],
	[{ models: 'a, b' }, { models: ['a', 'b'] }],
	[{ models: undefined }, { models: [] }],
	[{ target: 7 }, { target: '7' }],
	[{ target: undefined }, { target: '' }],
	[{ requestId: 'order-4711' }, { requestId: 'order-4711' }],
	[{ requestId: ' ' }, { requestId: '' }],
])('the options %j become %j', (values, options) => {
	expect(parse(values)).toEqual(options);
});

test.each<[unknown, string]>([
	[{ retries: NaN }, "'RETRIES' must be a whole number from 0 to 20, but is NaN"],
	[{ retries: Infinity }, "'RETRIES' must be a whole number from 0 to 20, but is Infinity"],
	[{ retries: 'abc' }, "'RETRIES' must be a whole number from 0 to 20, but is 'abc'"],
	[{ retries: {} }, "'RETRIES' must be a whole number from 0 to 20, but is an object"],
	[{ retries: [] }, "'RETRIES' must be a whole number from 0 to 20, but is a list"],
	[{ retries: undefined }, "'RETRIES' must be a whole number from 0 to 20, but is empty"],
	[{ retries: 2.5 }, "'RETRIES' must be a whole number from 0 to 20, but is 2.5"],
	[{ retries: 21 }, "'RETRIES' must be a whole number from 0 to 20, but is 21"],
	[{ retries: true }, "'RETRIES' must be a whole number from 0 to 20, but is true"],
	[{ seconds: -1 }, "'SECONDS' must be a number of at least 0.05, but is -1"],
	[{ seconds: '$5' }, "'SECONDS' must be a number of at least 0.05, but is '$5'"],
	[{ download: 'no' }, "'DOWNLOAD' must be true or false, but is 'no'"],
	[{ then: 'explode' }, "'THEN' must be one of fail, return, but is 'explode'"],
	[{ models: {} }, "'MODELS' must be a list of texts, but is an object"],
	[{ models: [null, 'z'] }, "'MODELS' must be a list of texts, but is empty"],
	[{ target: {} }, "'TARGET' must be text, but is an object"],
	[{ requestId: '∞ 🎉' }, "'Request ID' must be 1 to 128 letters, digits"],
	['all', "'Options' must be an object, but is 'all'"],
])('the options %j are refused', (values, message) => {
	expect(() => parse(values)).toThrow(message);
	expect(() => parse(values)).toThrow(InputError);
});

test('any value gives one of the declared type, or an input error', () => {
	const name = fc.constantFrom(...FIELDS.map((each) => each.name));
	const value = fc.oneof(
		fc.anything(),
		fc.double(),
		fc.constantFrom(NaN, Infinity, -1, '', '5', 'abc', null, undefined),
	);
	const types: Record<string, (parsed: unknown) => boolean> = {
		retries: (parsed) => Number.isInteger(parsed),
		seconds: (parsed) => Number.isFinite(parsed) && Number(parsed) >= 0.05,
		download: (parsed) => typeof parsed === 'boolean',
		then: (parsed) => parsed === 'fail' || parsed === 'return',
		models: (parsed) => Array.isArray(parsed) && parsed.every((id) => typeof id === 'string'),
		target: (parsed) => typeof parsed === 'string',
		requestId: (parsed) => typeof parsed === 'string',
	};
	fc.assert(
		fc.property(name, value, (option, given) => {
			try {
				return types[option](parse({ [option]: given })[option]);
			} catch (error) {
				return error instanceof InputError;
			}
		}),
		{ seed: 11, numRuns: 2000 },
	);
});
