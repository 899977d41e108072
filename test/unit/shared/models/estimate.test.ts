import { estimateUsd } from '../../../../nodes/shared/models/estimate';
import { describePrice } from '../../../../nodes/shared/models/pricing';
import { measureCall } from '../../../../nodes/shared/transport/quantities';

const fixed = (...units: unknown[]) => ({ kind: 'fixed', units });
const rate = (unit: string, price: number, per: unknown = 1) => ({ unit, price, per });
const ofText = (origin: string, price: number) => ({
	name: 'token',
	content: 'text',
	origin,
	price,
	per: 1_000_000,
});
const tokens = { input_token: 1000, output_token: 100, cached_token: 0, cache_write_token: 0 };

describe('an estimate by the prices of the catalog', () => {
	const video = {
		kind: 'variants',
		dimensions: ['resolution'],
		variants: [
			{ when: { resolution: '720p' }, ...rate('second', 0.39) },
			{ when: { resolution: '1080p' }, ...rate('second', 0.65) },
		],
	};

	test.each<[string, unknown, Record<string, number>, object, number | undefined]>([
		[
			'adds up tokens in and out, for the amount that a price is for',
			fixed(rate('input_token', 1, 1000), rate('output_tokens', 30, '1000')),
			tokens,
			{},
			4,
		],
		[
			'charges cached tokens at their own price only',
			fixed(rate('input_token', 1, 1000), rate('cached_token', 0.1, 1000)),
			{ ...tokens, cached_token: 500 },
			{},
			0.55,
		],
		[
			'charges cached tokens as input where they have no price of their own',
			fixed(rate('input_token', 1, 1000)),
			{ ...tokens, cached_token: 500 },
			{},
			1,
		],
		[
			'knows tokens by their origin',
			fixed(...[ofText('provided', 3000), ofText('generated', 15_000), ofText('cached', 300)]),
			{ ...tokens, cached_token: 500 },
			{},
			1.5 + 1.5 + 0.15,
		],
		['takes the variant of the request', video, { second: 5 }, { resolution: '1080p' }, 3.25],
		['is unknown when the request leaves a variant open', video, { second: 5 }, {}, undefined],
		[
			'is unknown for a variant without a price',
			video,
			{ second: 5 },
			{ resolution: '4k' },
			undefined,
		],
		[
			'is known when all variants that are left cost the same',
			{ ...video, variants: video.variants.map((one) => ({ ...one, price: 0.5 })) },
			{ second: 5 },
			{},
			2.5,
		],
		['is 0 for a free model', fixed(rate('input_token', 0, 1000)), tokens, {}, 0],
		['is unknown without any price', undefined, tokens, {}, undefined],
		['is unknown for a price that varies', { kind: 'variable' }, tokens, {}, undefined],
		['is unknown for an empty list of prices', fixed(), tokens, {}, undefined],
		['is unknown for a unit that is not known', fixed(rate('megapixel', 1)), tokens, {}, undefined],
		[
			'is unknown if one of several units is not known',
			fixed(rate('input_token', 1), rate('web_search', 1)),
			tokens,
			{},
			undefined,
		],
		[
			'is unknown for a quantity that is not known',
			fixed(rate('second', 1)),
			tokens,
			{},
			undefined,
		],
		[
			'is unknown for tokens of images among those of text',
			fixed(ofText('provided', 1), { ...ofText('provided', 2), content: 'image' }),
			tokens,
			{},
			undefined,
		],
		[
			'is unknown for a price without an amount',
			fixed({ unit: 'second', price: 1 }),
			{ second: 5 },
			{},
			undefined,
		],
		[
			'is unknown if a price cannot be read',
			fixed(rate('input_token', 1), { unit: 'output_token', price: '1', per: 1 }),
			tokens,
			{},
			undefined,
		],
		['is unknown for a price below zero', fixed(rate('input_token', -1)), tokens, {}, undefined],
		[
			'is unknown for bands, of which one applies',
			fixed(rate('input_token', 1), rate('input_token', 2)),
			tokens,
			{},
			undefined,
		],
	])('an estimate %s', (_, pricing, quantities, body, usd) => {
		const estimate = estimateUsd(pricing, quantities, body);
		expect(estimate === undefined ? undefined : Number(estimate.toFixed(9))).toBe(usd);
	});

	test('the picker shows provided and generated tokens as tokens in and out', () => {
		const pricing = fixed(ofText('provided', 3), ofText('generated', 15), ofText('cached', 0.3));
		expect(describePrice(pricing)).toBe('$3.00 in, $15.00 out');
	});
});

describe('what a call used up', () => {
	const measured = (body: object, more: object = {}) =>
		measureCall({ body, usage: undefined, json: undefined, answerLength: 0, ...more });

	test.each<[string, object, object, object]>([
		[
			'tokens by the length of the texts, without a usage',
			{ prompt: '12345678' },
			{ answerLength: 9 },
			{ input_token: 2, output_token: 3, token: 5 },
		],
		[
			'nothing of tokens where there is no text',
			{ image_url: 'https://example.com/a.png' },
			{},
			{ input_token: undefined, output_token: undefined, token: undefined },
		],
		[
			'nothing of characters where there is no text',
			{ input: ['a'] },
			{},
			{ character: undefined },
		],
		['characters of a text to speak', { text: 'Hello' }, {}, { character: 5 }],
		['the images of the answer', { n: 4 }, { json: { data: [{}, {}] } }, { image: 2 }],
		[
			'no image for an answer without a list of them',
			{},
			{ json: { url: 'x' } },
			{ image: undefined },
		],
		['the seconds that were asked for', { duration: 5 }, {}, { second: 5, minute: 5 / 60 }],
		['no seconds where none were asked for', { prompt: 'x' }, {}, { second: undefined }],
		['a single generation', { n: 1 }, {}, { generation: 1, request: 1 }],
		[
			'an unknown number of generations for several results',
			{ n: 2 },
			{},
			{ generation: undefined },
		],
	])('a call counts as %s', (_, body, more, quantities) => {
		expect(measured(body, more)).toMatchObject(quantities);
	});
});
