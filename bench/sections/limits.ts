import type { Credential } from '../../harness/demoContent';
import { say } from '../../harness/progress';
import { itemsOf } from '../../harness/runData';
import type { Workflow } from '../../harness/workflows/workflow';
import type { Rate, Sandbox } from '../../sandbox';
import { markdownTable } from '../../test/simulation/markdown';
import {
	CHAT,
	httpRequest,
	openAiNode,
	ours,
	ownCredential,
	withOwnCredential,
} from '../candidates';
import { ASK_EVERY_MS, withBenchN8n, type BenchN8n } from '../benchN8n';
import { summarize, toText } from '../statistics';
import type { Section } from './section';

const ROUNDS = 5;
/** A run that takes longer is stopped. */
const STOP_AFTER_SECONDS = 30;

/** A limit of the API, and the best possible time under it. */
interface Situation {
	limit: string;
	items: number;
	idealSeconds: number;
	/** The target: the maximum of the wall time over the ideal; absent if nothing is limited. */
	target?: number;
	latencyMs: number;
	rate?: Rate;
	/** The share of requests that are refused at random. */
	refused?: { share: number; retryAfter?: number };
}

const SITUATIONS: Situation[] = [
	...withAndWithoutHeader('5 a second', { requestsPerSecond: 5 }, 11.1, [1.15, 1.3]),
	...withAndWithoutHeader('20 in 5 s', { requests: 20, perSeconds: 5 }, 10.2, [1.2, 1.4]),
	{
		limit: '3 at once',
		items: 60,
		idealSeconds: 4,
		target: 1.5,
		latencyMs: 200,
		rate: { requestsAtOnce: 3, retryAfter: 'none' },
	},
	// With 100 ms, n8n itself takes about as long as the answers; 500 ms show the effect of the limit.
	...[100, 500].flatMap((latencyMs) => [
		atRandom({ share: 0, items: 200, latencyMs }),
		atRandom({ share: 0.05, items: 200, latencyMs, target: 1.5 }),
		atRandom({ share: 0.2, items: 200, latencyMs, target: 2 }),
		atRandom({ share: 0.2, items: 100, latencyMs, target: 3, retryAfter: 1 }),
	]),
];

const CANDIDATES = {
	'this package': ours(),
	'HTTP Request': httpRequest,
	'OpenAI node': openAiNode,
} as const;
type Name = keyof typeof CANDIDATES;
const NAMES = Object.keys(CANDIDATES) as Name[];

type RateWithoutHeader = { requestsPerSecond: number } | { requests: number; perSeconds: number };

function withAndWithoutHeader(
	limit: string,
	rate: RateWithoutHeader,
	idealSeconds: number,
	[withHeader, without]: [number, number],
): Situation[] {
	const common = { items: 60, idealSeconds, latencyMs: 100 };
	return [
		{
			...common,
			limit: `${limit}, Retry-After`,
			target: withHeader,
			rate: { ...rate, retryAfter: 'seconds' },
		},
		{ ...common, limit, target: without, rate: { ...rate, retryAfter: 'none' } },
	];
}

/** Ten requests at once, a share of which is refused at any rate of requests. */
function atRandom({
	share,
	retryAfter,
	...rest
}: Pick<Situation, 'items' | 'latencyMs' | 'target'> &
	NonNullable<Situation['refused']>): Situation {
	const { items, latencyMs } = rest;
	const refusal = share ? `${share * 100}% at random` : 'none';
	const header = retryAfter ? `, Retry-After ${retryAfter}` : '';
	return {
		...rest,
		limit: `${refusal}${header}, answers in ${latencyMs} ms`,
		idealSeconds: ((items / (1 - share) / 10) * latencyMs) / 1000,
		refused: share ? { share, retryAfter } : undefined,
	};
}

/** One run of a candidate in a situation. */
interface Trial {
	id: string;
	name: Name;
	situation: Situation;
}

const TRIALS: Trial[] = SITUATIONS.flatMap((situation, row) =>
	NAMES.flatMap((name, column) =>
		Array.from({ length: ROUNDS }, (_, round) => ({
			id: `limits000000${String(row).padStart(2, '0')}${column}${round}`,
			name,
			situation,
		})),
	),
);

/** The workflow of a trial; it continues on errors, as users set it for many items. */
function workflowOf({ id, name, situation }: Trial, url: string): Workflow {
	const workflow = withOwnCredential(CANDIDATES[name](id, situation.items, url));
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Ask' ? { ...node, onError: 'continueRegularOutput' } : node,
	);
	return { ...workflow, nodes };
}

/** A credential for each trial, so that no rate limiter knows the limit from an earlier one. */
const credentialsOf = (sandbox: Sandbox): Credential[] =>
	TRIALS.map((trial) => ownCredential(workflowOf(trial, sandbox.url), sandbox));

interface Outcome {
	/** Wall time over the ideal; for a run that was stopped, the time until then. */
	ratio: number;
	/** Refused requests per item. */
	refused: number;
	missing: number;
	isStopped: boolean;
}

async function outcomeOf({ rest, sandbox }: BenchN8n, { id, situation }: Trial): Promise<Outcome> {
	const { rate = null, refused, latencyMs, items, idealSeconds } = situation;
	sandbox.requestLog.clear();
	sandbox.setLatency(latencyMs);
	sandbox.setRate(rate);
	if (refused) {
		const { share, retryAfter } = refused;
		sandbox.faults.set([{ when: { path: CHAT, rate: share }, do: { status: 429, retryAfter } }]);
	}
	const data = await runWithin(STOP_AFTER_SECONDS, rest, id);
	sandbox.setRate(null);
	sandbox.faults.clear();
	const calls = sandbox.requestLog.calls.filter(({ path }) => path === CHAT);
	const arrived = data
		? itemsOf(data, 'Ask').filter(({ json }) => !json.error).length
		: calls.filter(({ status }) => status === 200).length;
	const seconds = data ? data.resultData.runData.Ask[0].executionTime / 1000 : STOP_AFTER_SECONDS;
	return {
		ratio: seconds / idealSeconds,
		refused: calls.filter(({ status }) => status === 429).length / items,
		missing: items - arrived,
		isStopped: !data,
	};
}

/** Runs a workflow and returns its data; stops it after the time limit and returns `undefined`. */
async function runWithin(seconds: number, rest: BenchN8n['rest'], id: string) {
	const executionId = await rest.startWorkflow(id);
	try {
		return (await rest.execution(executionId, seconds * 1000, ASK_EVERY_MS)).data;
	} catch {
		await rest.stopExecution(executionId);
		return undefined;
	}
}

function cellOf(outcomes: Outcome[]): string {
	const ratio = toText(summarize(outcomes.map((each) => each.ratio)), 2);
	const refused = summarize(outcomes.map((each) => each.refused)).median;
	const missing = summarize(outcomes.map((each) => each.missing)).median;
	return [
		outcomes.some(({ isStopped }) => isStopped) ? `over ${ratio}` : ratio,
		`${Math.round(refused * 100)}%`,
		...(missing ? [`${missing} missing`] : []),
	].join(', ');
}

async function measure(): Promise<string> {
	return await withBenchN8n(
		(url) => TRIALS.map((trial) => workflowOf(trial, url)),
		async (n8n) => {
			const rows: string[][] = [];
			for (const situation of SITUATIONS) {
				const cells: string[] = [];
				for (const name of NAMES) {
					const outcomes: Outcome[] = [];
					for (const trial of TRIALS) {
						if (trial.situation !== situation || trial.name !== name) continue;
						outcomes.push(await outcomeOf(n8n, trial));
					}
					cells.push(cellOf(outcomes));
					say(`${situation.limit}, ${name}: ${cells.at(-1)}`);
				}
				const { limit, items, idealSeconds, target } = situation;
				rows.push([limit, String(items), idealSeconds.toFixed(1), String(target ?? ''), ...cells]);
			}
			return [
				markdownTable([['limit', 'items', 'ideal, s', 'target', ...NAMES], ...rows]),
				`Each cell has the wall time over the ideal of a client that knows the limit, the refused requests per item, and the number of items that failed; medians of ${ROUNDS}. A low time with missing items means that the node gave them up. Runs end after ${STOP_AFTER_SECONDS} s. Answers take 100 ms (200 ms for '3 at once'), unless the row says otherwise. The OpenAI node sends one item after another, HTTP Request all items at once. The ideal leaves out what n8n itself needs for an item; compare the rows at random with the one without a limit and the same answers.`,
			].join('\n\n');
		},
		{ credentials: credentialsOf },
	);
}

/** How long many items take under rate limits, compared with n8n's own nodes. */
export const limits: Section = { name: 'limits', title: 'Rate limits', measure };
