import type { ITaskData } from 'n8n-workflow';
import { runChatModel, tool, WAYS, type Conversation } from '../../engine/chatModelRun';
import { chatCalls } from '../../engine/chatRun';
import { useSandbox } from '../../support/useSandbox';

const sandbox = useSandbox({ chunkDelayMs: 0 });

const TURNS = 8;

/** An agent's conversation of `TURNS` turns, each of which adds a question and its answer. */
async function converse(
	model: string,
	system: string,
	promptCaching: string,
	way: keyof typeof WAYS,
) {
	sandbox.requestLog.clear();
	const tools = [tool('weather'), tool('almanac')];
	const { error, log } = await runChatModel(
		sandbox,
		{ model, fields: { options: { promptCaching } } },
		async (chat) => {
			const messages: Conversation = [{ role: 'system', content: system }];
			for (let turn = 1; turn <= TURNS; turn++) {
				messages.push({ role: 'user', content: `Question number ${turn}` });
				// Agents bind their tools for each turn, in any order.
				const bound = chat.bindTools(turn % 2 ? tools : tools.toReversed());
				messages.push(await WAYS[way](bound, messages));
			}
		},
	);
	expect(error).toBeUndefined();
	const calls = chatCalls(sandbox);
	expect(calls).toHaveLength(TURNS);
	return { usd: sandbox.requestLog.usd, bodies: calls.map(({ body }) => body as Body), log };
}

interface Body {
	tools: object[];
	system?: unknown;
	messages: object[];
}

interface Logged {
	response: { generations: [[{ generationInfo: { cost: { savedUsd?: number } } }]] };
}

/** What the cache saved over all calls, according to the run log. */
const savedIn = (log: ITaskData[]): number =>
	log
		.map(({ data }) => data!.ai_languageModel[0]![0].json as unknown as Logged)
		.map(({ response }) => response.generations[0][0].generationInfo.cost.savedUsd ?? 0)
		.reduce((sum, usd) => sum + usd);

const withoutMarks = (value: unknown): string =>
	JSON.stringify(value, (name, inner: unknown) => (name === 'cache_control' ? undefined : inner));

const marksIn = (value: unknown): number =>
	JSON.stringify(value).split('"cache_control"').length - 1;

let tests = 0;
const longPrompt = () => `Rule set ${tests++}. ${'Answer in one short sentence. '.repeat(400)}`;

describe.each(['anthropic/claude-opus-4-5', 'google/gemini-2.5-flash'])(
	'an agent with %s',
	(model) => {
		test.each(Object.keys(WAYS) as Array<keyof typeof WAYS>)(
			'an agent with 8 turns, %s, pays at most 35 % of what it pays without the cache',
			async (way) => {
				const system = longPrompt();
				const uncached = await converse(model, system, 'off', way);
				const cached = await converse(model, system, '5m', way);
				expect(cached.usd).toBeLessThanOrEqual(0.35 * uncached.usd);
				// The API bills each call in whole credits, half a millionth of a dollar each.
				const difference = uncached.usd - cached.usd;
				expect(Math.abs(savedIn(cached.log) - difference)).toBeLessThan(2 * TURNS * 5e-7);
			},
		);

		test('an agent’s turn repeats all that the last one sent before its breakpoints, byte for byte', async () => {
			const { bodies } = await converse(model, longPrompt(), '1h', 'in one piece');
			for (const [index, body] of bodies.entries()) {
				expect(marksIn(body)).toBe(3);
				const next = bodies[index + 1];
				if (!next) continue;
				expect(withoutMarks(next.tools)).toBe(withoutMarks(body.tools));
				expect(withoutMarks(next.system)).toBe(withoutMarks(body.system));
				expect(withoutMarks(next.messages.slice(0, body.messages.length))).toBe(
					withoutMarks(body.messages),
				);
			}
		});
	},
);

test('a model without documented breakpoints gets none, and its tools in the same order on every turn', async () => {
	const { bodies } = await converse('openai/gpt-4o-mini', 'Be brief.', '5m', 'in one piece');
	expect(new Set(bodies.map(({ tools }) => JSON.stringify(tools))).size).toBe(1);
	expect(bodies.map(marksIn)).toEqual(Array(TURNS).fill(0));
});
