import fc from 'fast-check';
import {
	addCost,
	addUsage,
	parseCost,
	parseUsage,
	shareOf,
} from '../../../../nodes/shared/transport/usage';
import { ApiResponse } from '../../../../nodes/shared/transport/apiResponse';

const costOf = (body: unknown, headers: Record<string, unknown> = {}) =>
	parseCost(body, new ApiResponse(200, headers, Buffer.alloc(0)));

describe('the tokens of a call', () => {
	test.each<[string, object, object]>([
		[
			'a completion',
			{ prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
			{ inputTokens: 10, outputTokens: 5, totalTokens: 15 },
		],
		[
			'a response',
			{ input_tokens: 10, output_tokens: 5, output_tokens_details: { reasoning_tokens: 3 } },
			{ inputTokens: 10, outputTokens: 5, reasoningTokens: 3 },
		],
		[
			'a call that reasoned',
			{ completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 3 } },
			{ outputTokens: 5, reasoningTokens: 3 },
		],
		[
			'a completion with a cache',
			{ prompt_tokens: 10, prompt_tokens_details: { cached_tokens: 8, cache_write_tokens: 2 } },
			{ inputTokens: 10, cachedTokens: 8, cacheWriteTokens: 2 },
		],
		[
			'a response with a cache',
			{ input_tokens: 10, input_tokens_details: { cached_tokens: 8 } },
			{ inputTokens: 10, cachedTokens: 8 },
		],
		[
			'a cache in Anthropic’s words',
			{ input_tokens: 10, cache_read_input_tokens: 8, cache_creation_input_tokens: 2 },
			{ inputTokens: 20, cachedTokens: 8, cacheWriteTokens: 2 },
		],
		[
			'a call that Anthropic read from its cache as a whole',
			{ input_tokens: 0, cache_read_input_tokens: 8 },
			{ inputTokens: 8, cachedTokens: 8 },
		],
		[
			'a call whose details are null',
			{ prompt_tokens: 1, completion_tokens_details: null },
			{ inputTokens: 1 },
		],
		['figures written as text', { prompt_tokens: '10' }, { inputTokens: 10 }],
		['figures of zero', { prompt_tokens: 0 }, { inputTokens: 0 }],
		['figures that are none', { prompt_tokens: 'many', total_tokens: null }, {}],
	])('the tokens of a call are read from %s', (_, usage, tokens) => {
		expect(parseUsage({ usage })).toEqual(tokens);
	});

	test('the tokens of a call are also read from a choice', () => {
		const choices = [{ delta: {}, usage: { prompt_tokens: 10, reasoning_tokens: 3 } }];
		expect(parseUsage({ choices })).toEqual({ inputTokens: 10, reasoningTokens: 3 });
	});

	test.each([[null], [{}], [{ usage: null }], [{ usage: 5 }], ['text'], [{ choices: [null] }]])(
		'the tokens of a call are unknown in %j',
		(body) => {
			expect(parseUsage(body)).toBeUndefined();
		},
	);
});

describe('the cost of a call', () => {
	const cost = { usd: 0.5, credits: 1_000_000 };

	test.each<[string, unknown, Record<string, unknown>]>([
		[
			'dollars and credits in meta',
			{ meta: { usage: { usd_spent: 0.5, credits_used: 1_000_000 } } },
			{},
		],
		['dollars alone', { meta: { usage: { usd_spent: 0.5 } } }, {}],
		['credits alone', { meta: { usage: { credits_used: 1_000_000 } } }, {}],
		[
			'figures written as text',
			{ meta: { usage: { usd_spent: '0.5', credits_used: '1000000' } } },
			{},
		],
		['the place some models use', { usage: { prompt_tokens: 1, credits_used: 1_000_000 } }, {}],
		['usage, where meta is null', { meta: null, usage: { usd_spent: 0.5 } }, {}],
		[
			'usage, where meta has null',
			{ meta: { usage: { usd_spent: null } }, usage: { usd_spent: 0.5 } },
			{},
		],
		['headers', {}, { 'x-aimlapi-usd-spent': '0.5', 'x-aimlapi-credits-used': '1000000' }],
		['a header of credits', undefined, { 'x-aimlapi-credits-used': '1000000' }],
		[
			'headers, where the body tells nothing',
			{ usage: null, meta: { usage: null } },
			{ 'x-aimlapi-usd-spent': '0.5' },
		],
		['meta before usage', { meta: { usage: { usd_spent: 0.5 } }, usage: { usd_spent: 9 } }, {}],
		[
			'the body before the headers',
			{ meta: { usage: { usd_spent: 0.5 } } },
			{ 'x-aimlapi-usd-spent': '9' },
		],
	])('the cost of a call is read from %s', (_, body, headers) => {
		expect(costOf(body, headers)).toEqual(cost);
	});

	test('the cost of a call may be nothing', () => {
		expect(costOf({ meta: { usage: { usd_spent: 0 } } })).toEqual({ usd: 0, credits: 0 });
	});

	test.each<[unknown, Record<string, unknown>]>([
		[undefined, {}],
		[{ usage: { total_tokens: 5 } }, {}],
		[{ meta: { usage: { usd_spent: 'free' } } }, {}],
		[{}, { 'x-aimlapi-usd-spent': '' }],
	])('the cost of a call is unknown in %j with %j', (body, headers) => {
		expect(costOf(body, headers)).toBeUndefined();
	});
});

describe('the sum of two calls', () => {
	test('the sum of two calls adds tokens that either of them reports', () => {
		expect(
			addUsage({ inputTokens: 1, outputTokens: 2 }, { inputTokens: 10, reasoningTokens: 5 }),
		).toEqual({
			inputTokens: 11,
			outputTokens: 2,
			reasoningTokens: 5,
		});
	});

	test('the sum of two calls adds dollars and credits', () => {
		expect(addCost({ usd: 0.25, credits: 2 }, { usd: 0.5, credits: 4 })).toEqual({
			usd: 0.75,
			credits: 6,
		});
	});

	test('the sum of two calls is that of the only one with a figure', () => {
		const cost = { usd: 1, credits: 2 };
		expect([
			addCost(cost, undefined),
			addCost(undefined, cost),
			addCost(undefined, undefined),
		]).toEqual([cost, cost, undefined]);
		const usage = { totalTokens: 3 };
		expect([
			addUsage(usage, undefined),
			addUsage(undefined, usage),
			addUsage(undefined, undefined),
		]).toEqual([usage, usage, undefined]);
	});
});

describe('what one request for several texts used up', () => {
	const usage = { inputTokens: 10, totalTokens: 10 };
	const cost = { usd: 5, credits: 10_000_000 };

	test('usage and cost of several texts are shared by their lengths', () => {
		expect(shareOf([3, 1, 1], usage, cost)).toEqual([
			{ usage: { inputTokens: 6, totalTokens: 6 }, cost: { usd: 3, credits: 6_000_000 } },
			{ usage: { inputTokens: 2, totalTokens: 2 }, cost: { usd: 1, credits: 2_000_000 } },
			{ usage: { inputTokens: 2, totalTokens: 2 }, cost: { usd: 1, credits: 2_000_000 } },
		]);
	});

	test('usage and cost of several texts stay unknown where the API reports none', () => {
		expect(shareOf([1, 2], undefined, undefined)).toEqual([{}, {}]);
	});

	test('the shares of usage and cost are whole numbers that add up to the total', () => {
		const lengths = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 20 });
		fc.assert(
			fc.property(lengths, fc.nat({ max: 1e6 }), (texts, total) => {
				const shares = shareOf(
					texts,
					{ totalTokens: total },
					{ usd: total / 2_000_000, credits: total },
				);
				const tokens = shares.map((share) => share.usage?.totalTokens ?? NaN);
				const credits = shares.map((share) => share.cost?.credits ?? NaN);
				const usd = shares.map((share) => share.cost?.usd ?? NaN);
				for (const figures of [tokens, credits]) {
					expect(figures.every((figure) => Number.isInteger(figure) && figure >= 0)).toBe(true);
					expect(sum(figures)).toBe(total);
				}
				expect(sum(usd)).toBeCloseTo(total / 2_000_000, 9);
			}),
		);
	});
});

const sum = (figures: number[]) => figures.reduce((all, figure) => all + figure, 0);
