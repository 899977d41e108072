import fc from 'fast-check';
import { sleep } from 'n8n-workflow';
import { useSandbox } from '../../support/useSandbox';
import { chatCalls, numberedItems, runChat } from '../../engine/chatRun';

const sandbox = useSandbox();

const PATH = '/v1/chat/completions';
const QUESTION = '=Say the number {{ $json.number }}';
const numbersIn = (texts: unknown[]) =>
	texts.map((text) => Number(/number (\d+)/.exec(String(text))?.[1]));
const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

test('items keep their order, links and number in parallel, whichever answer comes first', async () => {
	const delays = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(delays, fc.integer({ min: 1, max: 5 }), async (delay, itemsInParallel) => {
			sandbox.requestLog.clear();
			sandbox.faults.set(
				delay.map((delayMs, number) => ({
					when: { path: PATH, contains: `number ${number}"` },
					do: { delayMs },
				})),
			);
			const { items } = await runChat(sandbox, {
				items: numberedItems(delay.length),
				messages: QUESTION,
				fields: { options: { itemsInParallel } },
			});
			expect(numbersIn(items.map(({ json }) => json.text))).toEqual(upTo(delay.length));
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				upTo(delay.length).map((item) => ({ item })),
			);
			expect(sandbox.requestLog.peakInFlight[PATH]).toBeLessThanOrEqual(itemsInParallel);
		}),
		{ numRuns: 12 },
	);
});

test.each([1, 3, 10])(
	"with %i 'Items in Parallel', that many requests are in flight and never more",
	async (itemsInParallel) => {
		sandbox.setLatency(20 * itemsInParallel);
		await runChat(sandbox, {
			items: numberedItems(30),
			messages: QUESTION,
			fields: { options: { itemsInParallel } },
		});
		expect(sandbox.requestLog.peakInFlight[PATH]).toBe(itemsInParallel);
		expect(chatCalls(sandbox)).toHaveLength(30);
	},
);

test('items are sent in their order', async () => {
	await runChat(sandbox, {
		items: numberedItems(20),
		messages: QUESTION,
		fields: { options: { itemsInParallel: 1 } },
	});
	const sent = chatCalls(sandbox).map(({ body }) => JSON.stringify(body));
	expect(numbersIn(sent)).toEqual(upTo(20));
});

test('once an item has failed and the workflow stops, no further item is paid for', async () => {
	sandbox.setLatency(20);
	const { error } = await runChat(sandbox, {
		items: numberedItems(30),
		messages: "={{ $json.number === 2 ? '' : 'Hello' }}",
		fields: { options: { itemsInParallel: 2 } },
	});
	expect(error?.context).toMatchObject({ itemIndex: 2 });
	expect(chatCalls(sandbox).length).toBeLessThanOrEqual(3);
});

test('a failed item leaves the others alone when the workflow continues', async () => {
	const { items, errorItems } = await runChat(sandbox, {
		items: numberedItems(6),
		messages: "={{ $json.number % 3 === 2 ? '' : 'Hello' }}",
		settings: { onError: 'continueErrorOutput' },
	});
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 3, 4].map((item) => ({ item })));
	expect(errorItems).toMatchObject([
		{ json: { number: 2, error: { message: expect.any(String) } }, pairedItem: { item: 2 } },
		{ json: { number: 5, error: { message: expect.any(String) } }, pairedItem: { item: 5 } },
	]);
});

test("with 'Retry On Fail' the finished items are not sent again", async () => {
	const broken = { status: 400, message: 'Not now' };
	sandbox.faults.set([{ when: { path: PATH, contains: 'number 4', nth: [1] }, do: broken }]);
	const { items, error } = await runChat(sandbox, {
		items: numberedItems(6),
		messages: QUESTION,
		settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
	});
	expect(error).toBeUndefined();
	expect(numbersIn(items.map(({ json }) => json.text))).toEqual(upTo(6));
	const sent = numbersIn(chatCalls(sandbox).map(({ body }) => JSON.stringify(body)));
	expect(sent.sort()).toEqual([0, 1, 2, 3, 4, 4, 5]);
});

test('no request is sent after a cancellation', async () => {
	sandbox.setLatency(100);
	let sentAtCancel = 0;
	await runChat(sandbox, {
		items: numberedItems(50),
		messages: QUESTION,
		fields: { options: { itemsInParallel: 5 } },
		onStart: async (cancel) => {
			while (chatCalls(sandbox).length < 10) await sleep(1);
			sentAtCancel = chatCalls(sandbox).length;
			cancel();
		},
	}).catch(() => undefined);
	await sleep(50);
	expect(sentAtCancel).toBeGreaterThan(0);
	expect(chatCalls(sandbox).length).toBeLessThanOrEqual(sentAtCancel + 5);
});
