/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs on the developer's machine, never inside n8n */
import type { Credential } from '../harness/demoContent';
import type { RunningN8n } from '../harness/n8nProcess';
import type { Execution, N8nRest } from '../harness/n8nRest';
import { itemsOf } from '../harness/runData';
import type { FaultRule, Sandbox } from '../sandbox';
import {
	agent,
	BOTH_TOOLS,
	CALCULATED,
	chatAgent,
	chatModel,
	type ModelPart,
} from '../harness/workflows/agents';
import { readChat } from '../harness/n8nChat';
import { preparedN8n } from '../harness/preparedN8n';

/**
 * The same AI Agent with this package's Chat Model and with n8n's OpenAI Chat Model pointed at the
 * API, in one run of the real n8n against one sandbox: what works with each, and what the user of
 * the agent sees where it does not.
 */
const CHAT = '/v1/chat/completions';
const AGENT_VERSION = 3.1;
const MODEL = 'openai/gpt-4o-mini';
const OPEN_AI = { id: 'openAiDemo', name: 'OpenAI account' };

/** How each of the two is set to a model and to what most models call `max_completion_tokens`. */
interface Settings {
	model: string;
	reasoning?: { effort: string; maxTokens: number };
	fallback?: string;
}

const CANDIDATES: Record<string, (settings: Settings) => ModelPart> = {
	'AI/ML API Chat Model': ({ model, reasoning, fallback }) =>
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
	'OpenAI Chat Model': ({ model, reasoning }) => ({
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		parameters: {
			model: { __rl: true, mode: 'id', value: model },
			responsesApiEnabled: false,
			options: {
				maxRetries: 2,
				...(reasoning && {
					reasoningEffort: reasoning.effort,
					maxTokens: reasoning.maxTokens,
				}),
			},
		},
		credentials: { openAiApi: OPEN_AI },
	}),
};

/** What came of a run, as far as situations look at it. */
interface Outcome {
	sandbox: Sandbox;
	/** What the agent answered; '' without an answer. */
	output: string;
	/** What the user sees instead. */
	error?: string;
	/** Entries of the Chat Model in n8n's run log. */
	log: Array<{ data?: { ai_languageModel: Array<Array<{ json: Record<string, unknown> }>> } }>;
	/** Whether the first words were out before the model had given the last. */
	early?: boolean;
}

interface Situation extends Settings {
	name: string;
	faults?: FaultRule[];
	/** Through n8n's chat, streaming; otherwise by a trigger. */
	prompt?: string;
	streams?: boolean;
	/** What to write into the table; 'yes' when it works. */
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
		name: 'calls of one index, streaming',
		model: 'sandbox/calls-of-one-index',
		streams: true,
		judge: answered,
	},
	{
		name: 'calls without an index, streaming',
		model: 'sandbox/calls-without-index',
		streams: true,
		judge: answered,
	},
	{
		name: 'first words before the last',
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
		name: 'reasoning effort of a prefixed id arrives',
		model: O4,
		reasoning: { effort: 'low', maxTokens: 500 },
		judge: (outcome) => (bodyOf(outcome, O4)?.reasoning_effort === 'low' ? 'yes' : 'no'),
	},
	{
		name: 'token limit of a prefixed id is sent as',
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
		name: 'overloaded model, fallback',
		model: 'google/gemini-2.5-flash',
		fallback: MODEL,
		faults: always({ status: 503 }, 'google/gemini-2.5-flash'),
		judge: answered,
	},
	{
		name: '429 with Retry-After: 2, twice',
		model: MODEL,
		faults: [
			{ when: { path: CHAT, model: MODEL, nth: [1, 2] }, do: { status: 429, retryAfter: 2 } },
		],
		judge: answered,
	},
	{ name: '500 to the end', model: MODEL, faults: always({ status: 500 }), judge: said },
	{
		name: 'conversation too long',
		model: MODEL,
		faults: always({
			status: 400,
			message: "This model's maximum context length is 128000 tokens, you sent 150000.",
		}),
		judge: said,
	},
	{
		name: 'no credits left',
		model: MODEL,
		faults: always({ status: 403 }),
		judge: said,
	},
	{ name: 'broken tool arguments', model: 'sandbox/broken-arguments', judge: said },
	{
		name: 'stream that breaks',
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

async function compareAgents(): Promise<void> {
	const models = Object.values(CANDIDATES);
	const workflows = SITUATIONS.flatMap((situation, row) =>
		models.map((model, column) => workflowOf(situation, idOf(column, row), model(situation))),
	);
	const openAi = ({ url, apiKey }: Sandbox): Credential[] => [
		{ ...OPEN_AI, type: 'openAiApi', data: { apiKey, url: `${url}/v1` } },
	];
	const n8n = await preparedN8n(workflows, { chunkDelayMs: 100 }, openAi);
	try {
		for (const [row, { streams }] of SITUATIONS.entries()) {
			for (const column of models.keys()) if (streams) await n8n.cli.publish(idOf(column, row));
		}
		const running = { sandbox: n8n.sandbox, ...(await n8n.start()) };
		for (const [row, situation] of SITUATIONS.entries()) {
			console.log(`\n${situation.name}`);
			for (const [column, name] of Object.keys(CANDIDATES).entries()) {
				const outcome = await runOnce(idOf(column, row), situation, running);
				console.log(`  ${name}: ${situation.judge(outcome)}`);
			}
		}
	} finally {
		await n8n.end();
	}
}

void compareAgents().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
