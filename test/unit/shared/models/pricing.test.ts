import { describeModel, describePrice } from '../../../../nodes/shared/models/pricing';
import { parseCatalog } from '../../../../nodes/shared/models/model';

const tokens = (input: number, output: number, per: unknown = 1_000_000) => ({
	kind: 'fixed',
	units: [
		{ unit: 'input_token', price: input, per },
		{ unit: 'output_token', price: output, per },
	],
});

describe('the price in the picker', () => {
	test.each<[string, unknown, string]>([
		['tokens in and out', tokens(0.15, 0.6), '$0.15 in, $0.60 out'],
		['tokens by the thousand', tokens(0.0025, 0.01, 1000), '$0.0025 in, $0.01 out per 1K tokens'],
		['whole dollars', tokens(3, 15), '$3.00 in, $15.00 out'],
		['high prices, to the cent', tokens(157.5, 630.05), '$157.50 in, $630.05 out'],
		['prices beyond a thousand', tokens(1234.5, 10), '$1234.50 in, $10.00 out'],
		['prices below a cent', tokens(0.075, 0.3), '$0.075 in, $0.30 out'],
		[
			'tiny prices, without an exponent',
			tokens(0.00000015, 0.0000006, 1),
			'$0.00000015 in, $0.0000006 out per token',
		],
		['binary fractions', tokens(0.1 + 0.2, 1.1 * 3), '$0.30 in, $3.30 out'],
		['a free model', tokens(0, 0), '$0.00 in, $0.00 out'],
		['an amount written as text', tokens(1, 2, '1000000'), '$1.00 in, $2.00 out'],
		[
			'the names of older price lists',
			{
				units: [
					{ unit: 'prompt_tokens', price: 1, per: 1000 },
					{ unit: 'completion_tokens', price: 2, per: 1000 },
				],
			},
			'$1.00 in, $2.00 out per 1K tokens',
		],
		[
			'a price per picture',
			{ kind: 'fixed', units: [{ unit: 'image', price: 0.04, per: 1 }] },
			'$0.04 per image',
		],
		[
			'a price per second',
			{ kind: 'fixed', units: [{ unit: 'second', price: 0.35, per: 1 }] },
			'$0.35 per second',
		],
		[
			'a price per many characters',
			{ kind: 'fixed', units: [{ unit: 'character', price: 15, per: 1e6 }] },
			'$15.00 per 1M characters',
		],
		[
			'input tokens alone',
			{ kind: 'fixed', units: [{ unit: 'input_tokens', price: 0.02, per: 1e6 }] },
			'$0.02 per 1M input tokens',
		],
		[
			'tokens in and out counted differently',
			{
				kind: 'fixed',
				units: [
					{ unit: 'input_token', price: 1, per: 1000 },
					{ unit: 'output_token', price: 2, per: 1 },
				],
			},
			'$1.00 per 1K input tokens, $2.00 per output token',
		],
		[
			'variants of different prices',
			{
				kind: 'variants',
				variants: [
					{ unit: 'image', price: 0.08, per: 1 },
					{ unit: 'image', price: 0.04, per: 1 },
				],
			},
			'$0.04 to $0.08 per image',
		],
		[
			'variants of one price',
			{
				kind: 'variants',
				variants: [
					{ unit: 'second', price: 0.1 },
					{ unit: 'second', price: 0.1 },
				],
			},
			'$0.10 per second',
		],
		[
			'variants of tokens in and out',
			{
				kind: 'variants',
				variants: [...tokens(1, 10).units, ...tokens(2, 15).units],
			},
			'$1.00 to $2.00 in, $10.00 to $15.00 out',
		],
		[
			'variants of different units',
			{
				kind: 'variants',
				variants: [
					{ unit: 'image', price: 0.04, per: 1 },
					{ unit: 'second', price: 5, per: 1 },
				],
			},
			'$0.04 per image, $5.00 per second',
		],
		['an amount of an unknown form', tokens(1, 2, '1M'), ''],
		['below zero', tokens(-1, -1), ''],
		['variants that are missing', { kind: 'variants' }, ''],
		['a price only known afterwards', { kind: 'variable' }, 'price varies'],
		['a price without a unit', { kind: 'fixed', units: [{ price: 0.5 }] }, '$0.50'],
		['no pricing', undefined, ''],
		['pricing of an unknown form', { kind: 'auction' }, ''],
		['rates of an unknown form', { kind: 'fixed', units: [null, 'free', { price: '1' }] }, ''],
	])('the price in the picker is %s', (_, pricing, line) => {
		expect(describePrice(pricing)).toBe(line);
	});

	test('the price in the picker has at most two rates', () => {
		const units = ['image', 'second', 'character'].map((unit) => ({ unit, price: 1, per: 1 }));
		expect(describePrice({ kind: 'fixed', units })).toBe('$1.00 per image, $1.00 per second');
	});
});

describe('the note beside a model in the picker', () => {
	const line = (entry: object) =>
		(parseCatalog([{ id: 'm', ...entry }]) ?? []).map(describeModel)[0];

	test('the note beside a model in the picker has price and context', () => {
		const info = { contextLength: 128000 };
		expect(line({ info, pricing: tokens(0.15, 0.6) })).toBe('$0.15/$0.60 · 128K');
	});

	test('the note beside a model in the picker has no context where the model reads no text', () => {
		const type = 'image-generations';
		expect(line({ type, info: { contextLength: 4096 } })).toBe('');
	});

	test('the note beside a model in the picker lacks what is unknown', () => {
		expect(line({ pricing: tokens(0.15, 0.6) })).toBe('$0.15/$0.60');
		expect(line({})).toBe('');
	});

	test.each([
		[512, '512'],
		[8192, '8.2K'],
		[128000, '128K'],
		[200000, '200K'],
		[1000000, '1M'],
		[1048576, '1M'],
		[1500000, '1.5M'],
	])(
		'the note beside a model in the picker shows a context of %d tokens as %s',
		(contextLength, words) => {
			expect(line({ info: { contextLength } })).toBe(words);
		},
	);
});
