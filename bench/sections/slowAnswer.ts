/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Disposables } from '../../harness/disposables';
import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import type { Workflow } from '../../harness/workflows/workflow';
import { startIdleProxy } from '../../test/engine/idleProxy';
import { startScriptedServer, type ScriptedServer } from '../../test/engine/scriptedServer';
import { markdownTable } from '../../test/simulation/markdown';
import { httpRequest, openAiNode, ours, ownCredential, withOwnCredential } from '../candidates';
import type { Section } from './section';

/** The proxy closes a connection after this time of silence. */
const CUT_AFTER_SECONDS = 60;
const THINKING_SECONDS = 90;
const COMMENT_EVERY_SECONDS = 15;
const WORDS = ['An ', 'answer ', 'after ', 'six ', 'minutes.'];
const WORD_EVERY_SECONDS = 50;
const TOTAL_SECONDS = THINKING_SECONDS + WORDS.length * WORD_EVERY_SECONDS;
/** Every candidate has ended by then, retries included. */
const WITHIN_MS = 900_000;

const CANDIDATES = {
	"this package, 'Stream' on": ours({ stream: true }),
	"this package, 'Stream' off": ours({ stream: false }),
	"HTTP Request (n8n's)": httpRequest,
	"OpenAI (n8n's)": openAiNode,
} as const;
type Name = keyof typeof CANDIDATES;
const NAMES = Object.keys(CANDIDATES) as Name[];

const chunkOf = (content: string, finishReason: string | null = null): string =>
	`data: ${JSON.stringify({
		id: 'chatcmpl-1',
		object: 'chat.completion.chunk',
		choices: [{ index: 0, delta: { content }, finish_reason: finishReason }],
	})}\n\n`;

const completion = JSON.stringify({
	id: 'chatcmpl-1',
	object: 'chat.completion',
	choices: [
		{
			index: 0,
			finish_reason: 'stop',
			message: { role: 'assistant', content: WORDS.join('') },
		},
	],
});

/** Answers after `TOTAL_SECONDS`; a stream has comments while the model thinks, then a word at a time. */
async function answerSlowly(response: ServerResponse, isStream: boolean): Promise<void> {
	if (!isStream) {
		await sleep(TOTAL_SECONDS * 1000);
		response.setHeader('content-type', 'application/json').end(completion);
		return;
	}
	response.setHeader('content-type', 'text/event-stream');
	for (let passed = 0; passed < THINKING_SECONDS; passed += COMMENT_EVERY_SECONDS) {
		await sleep(COMMENT_EVERY_SECONDS * 1000);
		response.write(': still thinking\n\n');
	}
	for (const word of WORDS) {
		await sleep(WORD_EVERY_SECONDS * 1000);
		response.write(chunkOf(word));
	}
	response.end(`${chunkOf('', 'stop')}data: [DONE]\n\n`);
}

/** Starts a slow API behind a proxy; each candidate has its own, so that its requests can be counted. */
async function startApi(started: Disposables): Promise<{ server: ScriptedServer; url: string }> {
	const server = await startScriptedServer(
		async (response, { body }) => await answerSlowly(response, body?.stream === true),
	);
	started.add(async () => await server.close());
	const proxy = await startIdleProxy(server.url, CUT_AFTER_SECONDS * 1000);
	started.add(async () => await proxy.close());
	return { server, url: proxy.url };
}

function workflowOf(name: Name, index: number, url: string): Workflow {
	return withOwnCredential(CANDIDATES[name](`slow00000000000${index}`, 1, url));
}

async function measure(): Promise<string> {
	const started = new Disposables();
	try {
		const apis = await Promise.all(NAMES.map(async () => await startApi(started)));
		const workflows = NAMES.map((name, index) => workflowOf(name, index, apis[index].url));
		const credentials = workflows.map((workflow, index) =>
			ownCredential(workflow, { apiKey: 'key', url: apis[index].url }),
		);
		const n8n = await preparedN8n(workflows, {}, credentials);
		started.add(n8n.end);
		const { rest } = await n8n.start();
		const rows = await Promise.all(
			workflows.map(async ({ id }, index) => {
				const { data } = await rest.execution(await rest.startWorkflow(id), WITHIN_MS);
				const [{ executionTime }] = data.resultData.runData.Ask;
				const { error } = data.resultData;
				const result = error ? `error: ${error.message}` : `${itemsOf(data, 'Ask').length} item`;
				return [
					NAMES[index],
					String(apis[index].server.requests.length),
					result,
					(executionTime / 1000).toFixed(0),
				];
			}),
		);
		return [
			markdownTable([['', 'requests, each of them paid for', 'result', 'seconds'], ...rows]),
			`The model thinks for ${THINKING_SECONDS} s and then answers for ${TOTAL_SECONDS - THINKING_SECONDS} s, behind a proxy that closes a connection after ${CUT_AFTER_SECONDS} s of silence. One item; default options otherwise.`,
		].join('\n\n');
	} finally {
		await started.disposeAll();
	}
}

/** A model that takes minutes to answer, behind a proxy that closes silent connections. */
export const slowAnswer: Section = { name: 'slow-answer', title: 'A slow answer', measure };
