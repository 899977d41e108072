import type { INode } from 'n8n-workflow';
import { Semaphore } from '../../../nodes/AimlApi/run/concurrency';
import { forgetLimits } from '../../../nodes/shared/transport/limiters';
import { startSandbox, type FaultAction, type LoggedCall, type Sandbox } from '../../../sandbox';
import { everythingIn } from '../../engine/everythingIn';
import { isBalanced, ledgerOf } from '../../engine/ledger';
import { runOperation, type OperationRun } from '../../engine/operationRun';
import type { NodeRunResult } from '../../engine/runNode';

/**
 * Every fault, in every kind of operation, under every 'On Error' setting: two items, of which the
 * second meets the fault each time it is sent. One retry is allowed, so a request that may be sent
 * again is counted twice.
 */

/** So few that a busy machine does not make others time out. */
const RUNS_AT_ONCE = 48;

type OnError = NonNullable<INode['onError']>;
const MODES: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

interface Case {
	fault: string;
	/** What the sandbox does, or another host of the credential. */
	action?: FaultAction;
	host?: string;
	/** Options of the node in addition to those of all cases. */
	options?: object;
	/** How often the request is sent, if it asks a question or starts a paid job. */
	sent: { question: number; job: number };
	/** A part of the error message. */
	message: string;
	/** HTTP status on the failed item. */
	status?: number;
}

const twice = { question: 2, job: 2 };
const twiceUnlessPaid = { question: 2, job: 1 };
const once = { question: 1, job: 1 };

/** A fault that is an HTTP status. */
const statusCase = (
	status: number,
	name: string,
	sent: Case['sent'],
	message: string,
	action: FaultAction = {},
): Case => ({
	fault: `${status} ${name}`.trim(),
	action: { status, ...action },
	sent,
	message,
	status,
});

const CASES: Case[] = [
	{
		...statusCase(429, 'with Retry-After', twice, 'Too Many Requests', { retryAfter: 1 }),
		options: { maxRateLimitWait: 1.5 },
	},
	{
		...statusCase(429, 'without Retry-After', twice, 'Too Many Requests'),
		options: { maxRateLimitWait: 0.3 },
	},
	statusCase(500, '', twiceUnlessPaid, 'Internal server error'),
	statusCase(503, '', twice, 'Service unavailable'),
	statusCase(504, '', twiceUnlessPaid, 'Generation timeout'),
	statusCase(401, '', once, 'valid API key'),
	statusCase(403, 'credits', once, 'out of credits'),
	statusCase(404, 'model', once, 'Not Found'),
	statusCase(400, 'field', once, 'Body validation error at seed', {
		message: 'Body validation error at seed',
	}),
	{
		fault: '502 with HTML',
		action: { html: true },
		sent: twiceUnlessPaid,
		message: 'Bad Gateway',
		status: 502,
	},
	{
		fault: 'refused',
		host: 'http://127.0.0.1:9',
		sent: { question: 0, job: 0 },
		message: "can't be reached",
	},
	{
		fault: 'reset before the body',
		action: { reset: 'before' },
		sent: twiceUnlessPaid,
		message: 'broke before the answer was complete',
	},
	{
		fault: 'reset in the body',
		action: { reset: 'body' },
		sent: twiceUnlessPaid,
		message: 'broke before the answer was complete',
	},
	{
		fault: 'truncated JSON',
		action: { truncate: true },
		sent: twiceUnlessPaid,
		message: 'not valid JSON',
		status: 200,
	},
	{
		fault: 'empty body',
		action: { empty: true },
		sent: twiceUnlessPaid,
		message: 'The answer is empty',
		status: 200,
	},
	{
		fault: 'slow beyond the timeout',
		action: { delayMs: 30_000 },
		options: { timeout: 12 },
		sent: once,
		message: 'did not answer within 12 s',
	},
];

const options = { maxRetries: 1, itemsInParallel: 1 };
const prompt = '={{ $json.text }}';

const OPERATIONS: Record<string, { run: OperationRun; startsPaidJob: boolean; proof: string }> = {
	chat: {
		run: {
			resource: 'chat',
			operation: 'complete',
			model: 'openai/gpt-4o-mini',
			fields: { messages: { values: [{ role: 'user', content: prompt }] }, options },
		},
		startsPaidJob: false,
		proof: 'text',
	},
	image: {
		run: {
			resource: 'image',
			operation: 'generate',
			model: 'flux/schnell',
			fields: { prompt, options },
		},
		startsPaidJob: true,
		proof: 'fileName',
	},
	'video job': {
		run: {
			resource: 'video',
			operation: 'generate',
			model: 'google/veo-3.1-t2v-fast',
			fields: { prompt, options: { ...options, pollInterval: 0.05 } },
		},
		startsPaidJob: true,
		proof: 'fileName',
	},
	embedding: {
		run: {
			resource: 'embedding',
			operation: 'create',
			model: 'text-embedding-3-small',
			fields: { input: prompt, options: { ...options, batchSize: 1 } },
		},
		startsPaidJob: false,
		proof: 'embedding',
	},
};

const marker = (name: string, { fault }: Case, mode: OnError): string =>
	`bad ${name} ${fault} ${mode}.`;

let sandbox: Sandbox;
const results = new Map<string, NodeRunResult>();

beforeAll(async () => {
	sandbox = await startSandbox({ jobPace: { pollsUntilDone: 1 } });
	const cells = Object.keys(OPERATIONS).flatMap((name) =>
		CASES.flatMap((one) => MODES.map((mode) => ({ name, one, mode }))),
	);
	sandbox.faults.set(
		cells.flatMap(({ name, one, mode }) =>
			one.action
				? [{ when: { method: 'POST', contains: marker(name, one, mode) }, do: one.action }]
				: [],
		),
	);
	const inTurn = new Semaphore(RUNS_AT_ONCE);
	const run = async ({ name, one, mode }: (typeof cells)[number]) => {
		const bad = marker(name, one, mode);
		const { run: operation } = OPERATIONS[name];
		const { options: usual, ...fields } = operation.fields as { options: object };
		// No run waits for the limits of another.
		forgetLimits();
		const result = await runOperation(sandbox, {
			...operation,
			fields: { ...fields, options: { ...usual, ...one.options } },
			items: [{ json: { text: `good ${bad.slice(4)}` } }, { json: { text: bad } }],
			settings: { onError: mode },
			...(one.host && { credential: { apiKey: sandbox.apiKey, url: one.host } }),
		});
		results.set(bad, result);
	};
	await Promise.all(cells.map(async (cell) => await inTurn.run(async () => await run(cell))));
}, 240_000);

afterAll(async () => await sandbox.close());

const sentWith = (words: string): LoggedCall[] =>
	sandbox.requestLog.calls.filter(
		({ method, body }) => method === 'POST' && JSON.stringify(body ?? '').includes(words),
	);

describe.each(Object.keys(OPERATIONS))('%s', (name) => {
	const { startsPaidJob, proof } = OPERATIONS[name];

	describe.each(CASES)('$fault', (one) => {
		const expected = (mode: OnError) => {
			const error = {
				message: expect.stringContaining(one.message),
				description: expect.stringMatching(/\w{3}/),
				model: OPERATIONS[name].run.model,
				...(one.status && { httpStatus: one.status }),
			};
			return mode === 'continueErrorOutput'
				? { json: { text: marker(name, one, mode), error }, pairedItem: { item: 1 } }
				: { json: { error }, pairedItem: { item: 1 } };
		};
		const good = { json: expect.objectContaining({ [proof]: expect.anything() }) };
		/** The host can't be reached, so the first item fails, too. */
		const isForAll = one.host !== undefined;

		test('a fault stops the workflow with a message and advice', () => {
			const { error, items } = results.get(marker(name, one, 'stopWorkflow'))!;
			expect(error?.message).toContain(one.message);
			expect(error?.description).toMatch(/\w{3}/);
			expect(error?.context).toMatchObject({ itemIndex: isForAll ? 0 : 1 });
			expect(items).toEqual([]);
		});

		test('a fault becomes an item in the place of the failed one', () => {
			const { items, error } = results.get(marker(name, one, 'continueRegularOutput'))!;
			expect(error).toBeUndefined();
			expect(items).toHaveLength(2);
			if (!isForAll) expect(items[0]).toMatchObject(good);
			expect(items[1]).toMatchObject(expected('continueRegularOutput'));
		});

		test("a fault goes to the error branch with the item's data, and the other item goes on", () => {
			const { items, errorItems } = results.get(marker(name, one, 'continueErrorOutput'))!;
			expect(items).toHaveLength(isForAll ? 0 : 1);
			if (!isForAll) expect(items[0]).toMatchObject(good);
			expect(errorItems.at(-1)).toMatchObject(expected('continueErrorOutput'));
		});

		test.each(MODES)('a request with a fault is sent as often as allowed (%s)', (mode) => {
			const times = startsPaidJob ? one.sent.job : one.sent.question;
			expect(sentWith(marker(name, one, mode))).toHaveLength(times);
		});
	});
});

test('whatever fails, all costs are on an item or in an error', () => {
	const ledgers = [...results].map(([bad, result]) => {
		const calls = sentWith(bad.slice(bad.indexOf(' ')));
		const ledger = ledgerOf(result, calls);
		// The run may end while it waits for an answer that never comes.
		const isOpen = ledger.isOpen || bad.includes('slow beyond the timeout');
		return { bad, ...ledger, isOpen };
	});
	expect(ledgers.filter(({ paid }) => paid > 0).length).toBeGreaterThan(ledgers.length / 2);
	expect(ledgers.filter((ledger) => !isBalanced(ledger))).toEqual([]);
	// The cost is unknown only where no headers of the answer arrived.
	const unknown = ledgers.filter(({ paid, told }) => Math.abs(paid - told) >= 1e-7);
	expect(unknown.filter(({ bad }) => !bad.includes('slow beyond the timeout'))).toEqual([]);
});

test('nothing that n8n stores contains the key, not even an error', () => {
	const texts = [...results.values()].map(everythingIn);
	expect(texts).toHaveLength(Object.keys(OPERATIONS).length * CASES.length * MODES.length);
	expect(texts.filter((text) => text.includes(sandbox.apiKey))).toEqual([]);
	expect(texts.filter((text) => text.includes('Bearer'))).toEqual([]);
});
