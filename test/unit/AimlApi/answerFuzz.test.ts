import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';
import { forgetLimits } from '../../../nodes/shared/transport/limiters';
import { makePng } from '../../../sandbox/media/png';
import { numberedItems, runChat } from '../../engine/chatRun';
import { runChatModel, WAYS, type AiMessage } from '../../engine/chatModelRun';
import { runOperation } from '../../engine/operationRun';
import {
	answerBy,
	bytes,
	json,
	type Answer,
	type ScriptedRequest,
} from '../../engine/scriptedServer';
import {
	choice,
	CONTENT_TYPES,
	DAMAGES,
	EMPTY_ANSWERS,
	ENCODINGS,
	GOOD_ANSWERS,
	SEED,
	WORDS,
} from '../../support/answerForms';
import { useScriptedServer } from '../../support/useScriptedServer';

/**
 * Answers of every known form, cut, doubled, re-encoded and mixed, in n8n-core's engine: each gives
 * items or an error, and is paid for once, or twice where it cannot be read.
 */

const BAD = [
	...EMPTY_ANSWERS,
	JSON.stringify(choice({ content: '' }, { error: { message: 'Exploded' } })),
	'{"error":{"message":"Exploded"}}',
	'data: {"error":{"message":"Exploded"}}\n\n',
	'<html><title>Login</title></html>',
	'\u0000\u0001',
];
const TYPES = [...CONTENT_TYPES, undefined];

interface Given {
	body: Buffer;
	type: string | undefined;
	/** Whether it is whole, in any encoding and under any type. */
	isWhole: boolean;
}

const encoded = fc.tuple(fc.constantFrom(...ENCODINGS), fc.constantFrom(...TYPES));
const wholes = fc
	.tuple(fc.constantFrom(...GOOD_ANSWERS), encoded)
	.map(([text, [encode, type]]): Given => ({ body: encode(text), type, isWhole: true }));
const broken = fc
	.tuple(
		fc.array(
			fc
				.tuple(fc.constantFrom(...GOOD_ANSWERS, ...BAD), fc.constantFrom(...DAMAGES), fc.nat(400))
				.map(([text, damage, at]) => damage(text, at % (text.length + 1))),
			{ minLength: 1, maxLength: 3 },
		),
		encoded,
	)
	.map(
		([texts, [encode, type]]): Given => ({
			body: encode(texts.join('\n')),
			type,
			isWhole: false,
		}),
	);
const answers = (numRuns: number): Given[] =>
	fc.sample(fc.oneof({ weight: 1, arbitrary: wholes }, { weight: 4, arbitrary: broken }), {
		seed: SEED,
		numRuns,
	});

/** JavaScript's messages for mistakes in the code. */
const SLIP = /is not a function|is not iterable|cannot read prop|undefined|\[object |call stack/i;

const api = useScriptedServer();

beforeEach(forgetLimits);

const continuing = { onError: 'continueRegularOutput' as const };
const numberIn = (text: string) => Number(/number (\d+)/.exec(text)![1]);
const sentFor = (number: number) =>
	api.requests.filter(({ method, text }) => method === 'POST' && numberIn(text) === number).length;
const outcomeOf = (items: INodeExecutionData[], number: number) =>
	items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === number);
const errorOf = ({ json: { error } }: INodeExecutionData) =>
	error as { message: string; description: string } | undefined;

/** Answers each request with what is given for its number. */
const answerWith = (given: Given[]) =>
	api.answer(
		answerBy(({ text }) => {
			const { body, type } = given[numberIn(text)];
			return bytes(body, type);
		}),
	);

function expectReadable(error: { message: string; description?: string | null } | undefined) {
	expect(error?.message).toMatch(/\S/);
	expect(error?.description).toMatch(/\S/);
	expect(error?.message).not.toMatch(SLIP);
}

test('a damaged answer of a chat gives text or a readable error, and is requested at most twice', async () => {
	const given = answers(200);
	answerWith(given);
	const { items, error } = await runChat(api, {
		items: numberedItems(given.length),
		messages: '=number {{ $json.number }}',
		fields: { options: { maxRetries: 4, maxRateLimitWait: 0, itemsInParallel: 50 } },
		settings: continuing,
	});
	expect(error).toBeUndefined();
	for (const [number, { isWhole }] of given.entries()) {
		const outcome = outcomeOf(items, number);
		expect(outcome.length).toBeGreaterThan(0);
		if (isWhole) expect(outcome.map(({ json: { text } }) => text)).toEqual([WORDS]);
		for (const item of outcome) {
			if (errorOf(item)) expectReadable(errorOf(item));
			else expect(item.json.text).toMatch(/\S/);
		}
		const isDelivered = outcome.some((item) => !errorOf(item));
		expect(sentFor(number)).toBeLessThanOrEqual(isDelivered ? 1 : 2);
	}
});

test.each(Object.keys(WAYS) as Array<keyof typeof WAYS>)(
	'a damaged answer of an agent gives text or a readable error, and is requested once (%s)',
	async (way) => {
		const given = answers(80);
		answerWith(given);
		const fields = { options: { maxRetries: 0, maxRateLimitWait: 0 } };
		const items = numberedItems(given.length);
		const { answers: outcomes, error } = await runChatModel(
			api,
			{ fields, items },
			async (model, number) =>
				await WAYS[way](model, [{ role: 'user', content: `number ${number}` }]).catch(
					(failure: Error) => failure,
				),
		);
		expect(error).toBeUndefined();
		for (const [number, { isWhole }] of given.entries()) {
			const outcome = outcomes[number] as AiMessage | Error;
			if (isWhole) expect(outcome).toMatchObject({ text: WORDS });
			if (outcome instanceof Error) expectReadable(outcome);
			else expect(outcome.text).toMatch(/\S/);
			expect(sentFor(number)).toBe(1);
		}
	},
);

const PNG = makePng(8, 8, 0);
const inBase64 = (name: string): string =>
	Buffer.concat([PNG, Buffer.from(name)]).toString('base64');
/** Images as answers name them, the good ones first. */
const IMAGES: Array<{ isGood: boolean; write: (name: string) => object }> = [
	{ isGood: true, write: (name) => ({ url: `${api.url}/good/${name}.png` }) },
	{ isGood: true, write: (name) => ({ url: `${api.url}/good/my ${name} 5%.png` }) },
	{ isGood: true, write: (name) => ({ b64_json: inBase64(name) }) },
	{ isGood: true, write: (name) => ({ url: `data:image/png;name=a;base64,${inBase64(name)}` }) },
	{ isGood: false, write: (name) => ({ url: `${api.url}/page/${name}.png` }) },
	{ isGood: false, write: (name) => ({ url: `${api.url}/gone/${name}.png` }) },
	{ isGood: false, write: (name) => ({ url: `${api.url}/empty/${name}.png` }) },
];

test('each good image of an answer becomes a file, each other one an error, and they are paid for once', async () => {
	const lists = fc.sample(fc.array(fc.constantFrom(...IMAGES), { minLength: 1, maxLength: 4 }), {
		seed: SEED,
		numRuns: 80,
	});
	const files: Record<string, Answer> = {
		good: bytes(PNG, 'image/png'),
		page: bytes('<html>no</html>', 'image/png'),
		empty: bytes('', 'image/png'),
		gone: json({}, 404),
	};
	api.answer(
		answerBy(({ url, text }) => {
			const file = files[url.split('/')[1]];
			if (file) return file;
			const number = numberIn(text);
			const data = lists[number].map(({ write }, index) => write(`${number}-${index}`));
			return json({ data, meta: { usage: { usd_spent: 1 } } });
		}),
	);
	const { items, error } = await runOperation(api, {
		resource: 'image',
		operation: 'generate',
		model: 'm',
		items: numberedItems(lists.length),
		fields: {
			prompt: '=number {{ $json.number }}',
			options: { maxRetries: 0, itemsInParallel: 50 },
		},
		settings: continuing,
	});
	expect(error).toBeUndefined();
	for (const [number, list] of lists.entries()) {
		const outcome = outcomeOf(items, number);
		const good = list.filter(({ isGood }) => isGood).length;
		expect(outcome.filter(({ binary }) => binary)).toHaveLength(good);
		const failed = outcome.map(errorOf).filter((told) => told !== undefined);
		failed.forEach(expectReadable);
		expect(failed).toHaveLength(good ? list.length - good : 1);
		const costs = outcome.map(({ json }) => json.cost ?? (json.error as { cost?: object })?.cost);
		expect(costs.filter(Boolean)).toMatchObject([{ usd: 1 }]);
		expect(sentFor(number)).toBe(1);
	}
});

test('each good result of a batch becomes an item, whatever the lines between them are', async () => {
	const junk = fc
		.tuple(fc.constantFrom(...GOOD_ANSWERS, ...BAD), fc.constantFrom(...DAMAGES), fc.nat(400))
		.map(([text, damage, at]) => damage(text, at % (text.length + 1)).replace(/[\r\n]/g, ' '));
	const lines = fc.sample(
		fc.array(fc.oneof(fc.constant('good'), junk), { minLength: 1, maxLength: 6 }),
		{ seed: SEED, numRuns: 100 },
	);
	const texts = lines.map((list) =>
		['good', ...list]
			.map((line, index) =>
				line === 'good'
					? JSON.stringify({
							custom_id: `good-${index}`,
							result: { type: 'succeeded', message: { content: [{ type: 'text', text: WORDS }] } },
						})
					: line,
			)
			.join('\n'),
	);
	api.answer(answerBy(({ url }) => bytes(texts[Number(/batch_id=(\d+)/.exec(url)![1])])));
	const { items, error } = await runOperation(api, {
		resource: 'batch',
		operation: 'get',
		items: numberedItems(lines.length),
		fields: { batchId: '={{ $json.number }}', options: { maxRetries: 0 } },
		settings: continuing,
	});
	expect(error).toBeUndefined();
	for (const [number, list] of lines.entries()) {
		const outcome = outcomeOf(items, number);
		const good = 1 + list.filter((line) => line === 'good').length;
		expect(outcome.filter(({ json }) => json.text === WORDS)).toHaveLength(good);
		for (const item of outcome) if (errorOf(item)) expect(errorOf(item)!.message).toMatch(/\S/);
	}
});

test('each text gets its own vector or an error, however an answer orders them', async () => {
	const vector = (text: string) => [Number(text.split('-')[1]), 1];
	const entries = fc.tuple(
		fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
		fc.constantFrom(
			(index: number): object => ({ index }),
			(index: number) => ({ index: String(index) }),
			(index: number) => ({ index: index + 1 }),
			(index: number) => ({ index: index % 2 }),
			() => ({}),
			() => ({ index: 0 }),
		),
		fc.constantFrom('whole', 'short', 'mixed', 'null'),
	);
	const given = fc.sample(entries, { seed: SEED, numRuns: 80 });
	const answer = ({ text, body }: ScriptedRequest) => {
		const [order, write, damage] = given[numberIn(text)];
		const texts = body!.input as string[];
		// Without distinct indexes only the order says which vector is whose.
		const distinct = new Set(
			order.map((index) => Number((write(index) as { index?: number }).index)),
		);
		const places = distinct.size === 3 ? order : [0, 1, 2];
		const data = places.map((index) => ({ embedding: vector(texts[index]), ...write(index) }));
		if (damage === 'short') data.pop();
		if (damage === 'mixed') data[1].embedding = [1];
		if (damage === 'null') data[2].embedding = null as never;
		return json({ data });
	};
	api.answer(answerBy(answer));
	const { items, error } = await runOperation(api, {
		resource: 'embedding',
		operation: 'create',
		model: 'm',
		items: numberedItems(given.length),
		fields: {
			input: '={{ [0, 1, 2].map((part) => "number " + $json.number + "-" + part) }}',
			options: { maxRetries: 0, batchSize: 3 },
		},
		settings: continuing,
	});
	expect(error).toBeUndefined();
	for (const number of given.keys()) {
		const outcome = outcomeOf(items, number);
		const [first] = outcome;
		if (errorOf(first)) expectReadable(errorOf(first));
		else {
			expect(outcome.map(({ json }) => (json.embedding as number[])[0])).toEqual([0, 1, 2]);
			expect(given[number][2]).toBe('whole');
		}
	}
});
