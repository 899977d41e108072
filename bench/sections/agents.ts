import { readChat } from '../../harness/n8nChat';
import type { RunningN8n } from '../../harness/n8nProcess';
import type { Execution, N8nRest } from '../../harness/n8nRest';
import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import {
	agent,
	BOTH_TOOLS,
	CALCULATED,
	chatAgent,
	chatModel,
	type ModelPart,
} from '../../harness/workflows/agents';
import { openAiChatModel, openAiCredential } from '../../harness/workflows/openAi';
import { byId } from '../../harness/workflows/workflow';
import type { FaultRule, Sandbox } from '../../sandbox';
import { markdownTable } from '../../test/simulation/markdown';
import { CHAT } from '../candidates';
import type { Section } from './section';

const AGENT_VERSION = 3.1;
const MODEL = 'openai/gpt-4o-mini';

/** What both Chat Models are set to. */
interface Settings {
	model: string;
	reasoning?: { effort: string; maxTokens: number };
	fallback?: string;
}

const CANDIDATES: Record<string, (settings: Settings) => ModelPart> = {
	"this package's Chat Model": ({ model, reasoning, fallback }) =>
		chatModel(model, {
			...(reasoning && {
				modelParameters: {
					mappingMode: 'defineBelow',
					value: {
						reasoning_effort: reasoning.effort,
						max_completion_tokens: reasoning.maxTokens,
					},
					schema: [],
				},
			}),
			options: { maxRetries: 2, ...(fallback && { fallbackModels: [fallback] }) },
		}),
	"n8n's OpenAI Chat Model": ({ model, reasoning }) => ({
		...openAiChatModel,
		parameters: {
			...openAiChatModel.parameters,
			model: byId(model),
			options: {
				maxRetries: 2,
				...(reasoning && {
					reasoningEffort: reasoning.effort,
					maxTokens: reasoning.maxTokens,
				}),
			},
		},
	}),
};

/** The outcome of a run. */
interface Outcome {
	sandbox: Sandbox;
	/** The agent's answer; '' if there is none. */
	output: string;
	/** The error that the user sees instead. */
	error?: string;
	/** The Chat Model's entries in n8n's run log. */
	log: Array<{ data?: { ai_languageModel: Array<Array<{ json: Record<string, unknown> }>> } }>;
	/** Whether the first words arrived before the model had sent the last. */
	early?: boolean;
}

interface Situation extends Settings {
	name: string;
	faults?: FaultRule[];
	/** By default one that needs both tools. */
	prompt?: string;
	/** Whether the message comes through n8n's chat, with a streamed answer. */
	streams?: boolean;
	/** Returns the text for the table: 'yes' if it works. */
	judge(outcome: Outcome): string;
}

const answered = ({ output, error }: Outcome): string =>
	output.includes(CALCULATED) ? 'yes' : `no: ${error ?? `answers '${output}'`}`;
const said = ({ output, error }: Outcome): string => error ?? `answers '${output}'`;
const bodyOf = ({ sandbox }: Outcome, model: string) =>
	sandbox.requestLog.calls.find((call) => call.path === CHAT && call.model === model)?.body as
		| Record<string, unknown>
		| undefined;
const usageOf = ({ log }: Outcome) =>
	log[0]?.data?.ai_languageModel[0][0].json.tokenUsage as Record<string, number> | undefined;

const always = (fault: FaultRule['do'], model = MODEL): FaultRule[] => [
	{ when: { path: CHAT, model }, do: fault },
];

const O4 = 'openai/o4-mini-2025-04-16';
const SITUATIONS: Situation[] = [
	{ name: 'two tools at once, second turn', model: MODEL, judge: answered },
	{
		name: "tools in Anthropic's form",
		model: 'anthropic/claude-opus-4-5',
		judge: answered,
	},
	{ name: 'thinking model after a tool call', model: 'sandbox/needs-reasoning', judge: answered },
	{
		name: 'the same, streaming',
		model: 'sandbox/needs-reasoning',
		streams: true,
		judge: answered,
	},
	{
		name: 'tool calls under one index, streaming',
		model: 'sandbox/calls-of-one-index',
		streams: true,
		judge: answered,
	},
	{
		name: 'tool calls without an index, streaming',
		model: 'sandbox/calls-without-index',
		streams: true,
		judge: answered,
	},
	{
		name: 'first words arrive before the model has sent the last',
		model: MODEL,
		streams: true,
		prompt: 'Hello',
		judge: ({ early }) => (early ? 'yes' : 'no'),
	},
	{
		name: 'reasoning in tags stays out of the answer',
		model: 'sandbox/think-tags',
		prompt: 'Hello',
		judge: ({ output }) => (output.includes('<think>') ? `no: '${output.slice(0, 40)}…'` : 'yes'),
	},
	{
		name: 'reasoning effort arrives for a model ID with a prefix',
		model: O4,
		reasoning: { effort: 'low', maxTokens: 500 },
		judge: (outcome) => (bodyOf(outcome, O4)?.reasoning_effort === 'low' ? 'yes' : 'no'),
	},
	{
		name: 'the token limit of such a model is sent as',
		model: O4,
		reasoning: { effort: 'low', maxTokens: 500 },
		judge: (outcome) => {
			const names = Object.keys(bodyOf(outcome, O4) ?? {});
			return names.filter((name) => /^max_/.test(name)).join(', ');
		},
	},
	{
		name: 'tokens in the run log',
		model: MODEL,
		judge: (outcome) => (usageOf(outcome)?.completionTokens ? 'yes' : 'no'),
	},
	{
		name: 'cost in the run log',
		model: MODEL,
		judge: (outcome) => (usageOf(outcome)?.cost ? 'yes' : 'no'),
	},
	{
		name: 'a fallback model answers if the chosen one is overloaded',
		model: 'google/gemini-2.5-flash',
		fallback: MODEL,
		faults: always({ status: 503 }, 'google/gemini-2.5-flash'),
		judge: answered,
	},
	{
		name: 'the API answers 429 with Retry-After: 2, twice',
		model: MODEL,
		faults: [
			{ when: { path: CHAT, model: MODEL, nth: [1, 2] }, do: { status: 429, retryAfter: 2 } },
		],
		judge: answered,
	},
	{
		name: 'the API always answers 500',
		model: MODEL,
		faults: always({ status: 500 }),
		judge: said,
	},
	{
		name: 'the conversation is too long',
		model: MODEL,
		faults: always({
			status: 400,
			message: "This model's maximum context length is 128000 tokens, you sent 150000.",
		}),
		judge: said,
	},
	{
		name: 'no credits are left',
		model: MODEL,
		faults: always({ status: 403 }),
		judge: said,
	},
	{ name: 'tool arguments are invalid', model: 'sandbox/broken-arguments', judge: said },
	{
		name: 'a stream breaks off',
		model: MODEL,
		streams: true,
		prompt: 'Hello',
		faults: always({ reset: 'body' }),
		judge: said,
	},
];

const idOf = (candidate: number, situation: number): string =>
	`agents${String(candidate)}${String(situation).padStart(9, '0')}`;

function workflowOf(situation: Situation, id: string, model: ModelPart) {
	if (situation.streams) return chatAgent(id, model);
	return agent(id, AGENT_VERSION, model, situation.prompt ?? BOTH_TOOLS);
}

const describeError = (error: { message: string; description?: string | null } | undefined) =>
	error && [error.message, error.description].filter(Boolean).join(' / ');

async function runOnce(
	id: string,
	situation: Situation,
	{ sandbox, server, rest }: { sandbox: Sandbox; server: RunningN8n; rest: N8nRest },
): Promise<Outcome> {
	sandbox.requestLog.clear();
	sandbox.faults.set(situation.faults ?? []);
	if (!situation.streams) return outcomeOf(sandbox, await rest.runWorkflow(id, 'Run'));
	const texts: string[] = [];
	const errors: string[] = [];
	let early: boolean | undefined;
	for await (const { type, content = '' } of readChat(
		server.url,
		id,
		situation.prompt ?? BOTH_TOOLS,
	)) {
		if (type === 'error') errors.push(content);
		if (type !== 'item' || !content) continue;
		texts.push(content);
		early ??= sandbox.requestLog.calls.some(({ path, status }) => path === CHAT && status === 0);
	}
	return { sandbox, output: texts.join(''), error: errors.join(' ') || undefined, log: [], early };
}

function outcomeOf(sandbox: Sandbox, { data }: Execution): Outcome {
	const { runData, error } = data.resultData;
	return {
		sandbox,
		output: String(itemsOf(data, 'Agent')[0]?.json.output ?? ''),
		error: describeError(error),
		log: (runData['Chat Model'] ?? []) as unknown as Outcome['log'],
	};
}

async function measure(): Promise<string> {
	const models = Object.values(CANDIDATES);
	const workflows = SITUATIONS.flatMap((situation, row) =>
		models.map((model, column) => workflowOf(situation, idOf(column, row), model(situation))),
	);
	const n8n = await preparedN8n(workflows, { chunkDelayMs: 100 }, (sandbox) => [
		openAiCredential(sandbox),
	]);
	try {
		for (const [row, { streams }] of SITUATIONS.entries()) {
			for (const column of models.keys()) if (streams) await n8n.cli.publish(idOf(column, row));
		}
		const running = { sandbox: n8n.sandbox, ...(await n8n.start()) };
		const rows: string[][] = [];
		for (const [row, situation] of SITUATIONS.entries()) {
			const cells: string[] = [];
			for (const column of models.keys()) {
				cells.push(situation.judge(await runOnce(idOf(column, row), situation, running)));
			}
			rows.push([situation.name, ...cells.map(toCell)]);
		}
		return [
			markdownTable([['', ...Object.keys(CANDIDATES)], ...rows]),
			`AI Agent ${AGENT_VERSION} with each Chat Model and two retries. Where an error is expected, the cell has what the user reads.`,
		].join('\n\n');
	} finally {
		await n8n.end();
	}
}

/** Puts a text into one line and escapes it for a Markdown table. */
const toCell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');

/** What works in an AI Agent, and what the user reads where something doesn't. */
export const agents: Section = { name: 'agents', title: 'In an AI Agent', measure };
