import { readChat } from '../../harness/n8nChat';
import { chatAgent, chatModel } from '../../harness/workflows/agents';
import { openAiChatModel } from '../../harness/workflows/openAi';
import { streamedMessage, streamingChatTrigger } from '../../harness/workflows/streaming';
import type { Sandbox } from '../../sandbox';
import { markdownTable } from '../../test/simulation/markdown';
import { CHAT } from '../candidates';
import { withBenchN8n, type BenchN8n } from '../benchN8n';
import { inTurns, summarize, toText } from '../statistics';
import type { Section } from './section';

const ROUNDS = 15;
const MODEL = 'openai/gpt-4o-mini';
const PROMPT = 'Hello';

const OURS = "AI Agent, this package's Chat Model";
const OPEN_AI = "AI Agent, n8n's OpenAI Chat Model";
const NODE = "this package's node 'Message a Model', streaming";
const DIRECT = 'direct call';
const WORKFLOWS = {
	[OURS]: chatAgent('firstTokenOurs01', chatModel(MODEL)),
	[OPEN_AI]: chatAgent('firstTokenOpenAi', openAiChatModel),
	[NODE]: streamedMessage('firstTokenNode01', streamingChatTrigger),
};

/**
 * Milliseconds until the first chunk with text.
 *
 * @param chunks for each chunk, whether it has text
 * @throws Error if there is none
 */
async function measureFirstTextMs(chunks: AsyncIterable<boolean>): Promise<number> {
	const started = performance.now();
	let first: number | undefined;
	for await (const isText of chunks) if (isText) first ??= performance.now() - started;
	if (first === undefined) throw new Error('Nothing was streamed');
	return first;
}

async function* streamChat({ server }: BenchN8n, id: string, session: string) {
	for await (const { type, content } of readChat(server.url, id, PROMPT, session)) {
		yield type === 'item' && Boolean(content);
	}
}

async function* streamDirectly({ url, apiKey }: Sandbox) {
	const answer = await fetch(url + CHAT, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
		body: JSON.stringify({
			model: MODEL,
			stream: true,
			messages: [{ role: 'user', content: PROMPT }],
		}),
	});
	for await (const bytes of answer.body as unknown as AsyncIterable<Uint8Array>) {
		yield /"content":"[^"]/.test(new TextDecoder().decode(bytes));
	}
}

async function measure(): Promise<string> {
	const all = Object.values(WORKFLOWS);
	return await withBenchN8n(
		() => all,
		async (n8n) => {
			const once = async (name: string, round: number) =>
				await measureFirstTextMs(
					name === DIRECT
						? streamDirectly(n8n.sandbox)
						: streamChat(n8n, WORKFLOWS[name as keyof typeof WORKFLOWS].id, `${name} ${round}`),
				);
			const names = [OURS, OPEN_AI, NODE, DIRECT];
			await inTurns(names, 4, async (name, round) => await once(name, -1 - round));
			const times = await inTurns(names, ROUNDS, once);
			const medians = names.map((name) => summarize(times[name]).median);
			return [
				markdownTable([
					['', 'first token after, ms'],
					...names.map((name) => [name, toText(summarize(times[name]))]),
					[
						"later than with n8n's OpenAI Chat Model (target: ≤ 20)",
						(medians[0] - medians[1]).toFixed(1),
					],
				]),
				`From the message in n8n's chat to the first piece of the answer, with a sandbox that answers immediately; medians of ${ROUNDS} runs that took turns.`,
			].join('\n\n');
		},
		{ published: all.map(({ id }) => id) },
	);
}

/** The time until a user sees the first words. */
export const firstToken: Section = { name: 'first-token', title: 'First token', measure };
