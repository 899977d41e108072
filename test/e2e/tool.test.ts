import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import { modelChain } from '../../harness/workflows/agents';
import { plainAgent } from '../../harness/workflows/chains';
import { openAiChatModel, openAiCredential } from '../../harness/workflows/openAi';
import type { SubNodePart } from '../../harness/workflows/subNodes';
import { aimlApiCredential, byId, type Workflow } from '../../harness/workflows/workflow';
import { expectSuccess, useN8n } from '../support/useN8n';

jest.setTimeout(900_000);

const ADDRESS = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\//);
const SIZE = expect.any(Number);
/** Characters that a model should have to read for one file at most. */
const SHORT = 600;

const fromAi = (name: string, description: string, type = 'string') =>
	`={{ $fromAI('${name}', '${description}', '${type}') }}`;

/** Our node as a tool; n8n derives the tool's name from the node's. */
const tool = (name: string, parameters: Record<string, unknown>): SubNodePart => ({
	name,
	type: 'n8n-nodes-aimlapi-models.aimlApiTool',
	typeVersion: 1,
	parameters: { descriptionType: 'auto', ...parameters },
	credentials: aimlApiCredential,
	connection: 'ai_tool',
	serves: ['Agent'],
});

/** An agent on n8n's own chat model, with tools. */
const agent = (name: string, typeVersion: number, tools: SubNodePart[]): Workflow => {
	const node = plainAgent(typeVersion, 'Use your tools.', { options: {} });
	return modelChain(name, [], { ...node, name: 'Agent' }, openAiChatModel, tools);
};

const image = (model: string, fields: object = {}) => ({
	resource: 'image',
	operation: 'generate',
	model: byId(model),
	prompt: fromAi('prompt', 'What the picture shows'),
	...fields,
});
const speech = (model: string, fields: object = {}) => ({
	resource: 'audio',
	operation: 'speak',
	model: byId(model),
	text: fromAi('text', 'What to say'),
	...fields,
});
const video = {
	resource: 'video',
	operation: 'generate',
	model: byId('google/veo-3.1-t2v-fast'),
	prompt: fromAi('prompt', 'What happens'),
	options: { pollInterval: 0.1 },
};
/** Every field that an agent may want to fill is left to it. */
const question = {
	resource: 'chat',
	operation: 'complete',
	model: byId(fromAi('model', 'ID of the model to ask')),
	messages: { values: [{ role: 'user', content: fromAi('question', 'The whole question') }] },
	modelParameters: {
		mappingMode: 'defineBelow',
		value: { temperature: fromAi('temperature', 'From 0 to 2', 'number') },
		schema: [],
	},
};

const media: Array<[title: string, parameters: Record<string, unknown>, view: object]> = [
	['an image', image('flux/schnell'), { url: ADDRESS, mimeType: 'image/png', fileSize: SIZE }],
	[
		'an image that comes in base64',
		image('sandbox/image-base64'),
		{ fileName: 'image-1.png', mimeType: 'image/png', fileSize: SIZE },
	],
	[
		'an image in base64 that is not simplified',
		image('sandbox/image-base64', { options: { simplify: false } }),
		{ data: [{ b64_json: expect.stringMatching(/^\[file of about \d+ bytes, left out\]$/) }] },
	],
	[
		'an image that is not downloaded',
		image('flux/schnell', { options: { download: false } }),
		{ url: ADDRESS },
	],
	['a video', video, { url: ADDRESS, mimeType: 'video/mp4', fileSize: SIZE }],
	['speech', speech('openai/gpt-4o-mini-tts'), { url: ADDRESS, mimeType: 'audio/mpeg' }],
	[
		'speech that comes as bytes',
		speech('sandbox/tts-bytes'),
		{ fileName: 'audio-1.wav', mimeType: 'audio/wav', fileSize: SIZE },
	],
];
const versions = [2.2, 3.1];
const idOf = (name: string, version: number) => `${name}v${version * 10}`.padEnd(16, '0');
const workflows = versions.flatMap((version) => [
	...media.map(([, parameters], index) =>
		agent(idOf(`media${index}`, version), version, [tool('Maker', parameters)]),
	),
	agent(idOf('both', version), version, [
		tool('Ask', question),
		tool('Draw', {
			...image('flux/schnell'),
			descriptionType: 'manual',
			toolDescription: 'Draws a picture of whatever you say',
		}),
	]),
]);

const n8n = useN8n(
	async () =>
		await preparedN8n(workflows, { jobPace: { pollsUntilDone: 1 } }, (sandbox) => [
			openAiCredential(sandbox),
		]),
);

const run = async (name: string, version: number) =>
	expectSuccess(await n8n.rest.runWorkflow(idOf(name, version)));

interface Turn {
	messages: Array<{ role: string; content: string; tool_call_id?: string }>;
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
}

const posts = (path: string) => n8n.sandbox.requestLog.calls.filter((call) => call.path === path);
const chats = () => posts('/v1/chat/completions').map(({ body }) => body as Turn);
/** The requests to the agent's model: they list the tools, which those of our own node don't. */
const turns = () => chats().filter(({ tools }) => tools);
/** The results of the tools that the agent's model got, in the order of their calls. */
const readByModel = () =>
	turns()
		.at(-1)!
		.messages.filter(({ role }) => role === 'tool')
		.map(({ content }) => content);

/** Makes the agent's model call these tools in its first turn. */
function callTools(...calls: Array<[name: string, args: object]>): void {
	const message = {
		role: 'assistant',
		content: null,
		tool_calls: calls.map(([name, args], index) => ({
			id: `call_${index}`,
			type: 'function',
			function: { name, arguments: JSON.stringify(args) },
		})),
	};
	const choices = [{ index: 0, message, finish_reason: 'tool_calls' }];
	const body = JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion', choices });
	n8n.sandbox.faults.set([{ when: { contains: '"tools":[', nth: 1 }, do: { body } }]);
}

describe.each(versions)('the model of an agent of version %d', (version) => {
	test.each(media.map(([title, , view], index) => ({ title, view, index })))(
		'an agent reads a short text about $title',
		async ({ view, index }) => {
			callTools(['Maker', { prompt: 'A lighthouse', text: 'A lighthouse' }]);
			await run(`media${index}`, version);
			const [read, ...others] = readByModel();
			expect(others).toEqual([]);
			expect(JSON.parse(read)).toEqual([expect.objectContaining(view)]);
			expect(read.length).toBeLessThan(SHORT);
			expect(read).not.toMatch(/[A-Za-z0-9+/]{100}/);
		},
	);

	test('an agent fills the fields that are left to it, each call with an answer of its own', async () => {
		callTools(
			['Ask', { model: 'openai/gpt-4o', question: 'One?', temperature: 0.5 }],
			['Draw', { prompt: 'A lighthouse' }],
			['Ask', { model: 'openai/gpt-4o-mini', question: 'Two?', temperature: 1 }],
		);
		const data = await run('both', version);
		const asked = chats().filter(({ tools }) => !tools);
		const content = (text: string) => ({ messages: [{ role: 'user', content: text }] });
		expect(asked).toHaveLength(2);
		expect(asked).toContainEqual({ model: 'openai/gpt-4o', temperature: 0.5, ...content('One?') });
		expect(asked).toContainEqual({
			...{ model: 'openai/gpt-4o-mini', temperature: 1 },
			...content('Two?'),
		});
		const read = readByModel();
		expect(read).toHaveLength(3);
		expect(read[0]).toContain('You wrote \\"One?\\"');
		expect(read[1]).toContain('image/png');
		expect(read[2]).toContain('You wrote \\"Two?\\"');
		expect(itemsOf(data, 'Agent')[0].json.output).toContain('You wrote "One?"');
	});

	test('an agent knows what the tools do and what they want', async () => {
		await n8n.rest.runWorkflow(idOf('both', version));
		const [{ tools }] = turns();
		const described = (name: string) =>
			tools!.map((each) => each.function).find((each) => each.name === name);
		expect(described('Ask')).toMatchObject({
			description: 'Message a model in AI/ML API',
			parameters: {
				properties: {
					model: { type: 'string', description: 'ID of the model to ask' },
					question: { type: 'string', description: 'The whole question' },
					temperature: { type: 'number', description: 'From 0 to 2' },
				},
			},
		});
		expect(described('Draw')).toMatchObject({
			description: 'Draws a picture of whatever you say',
			parameters: { properties: { prompt: { description: 'What the picture shows' } } },
		});
	});

	test('an agent reads why a tool failed', async () => {
		callTools(['Ask', { model: 'nobody/nothing', question: 'One?', temperature: 1 }]);
		await run('both', version);
		expect(readByModel()).toEqual([expect.stringContaining('Model nobody/nothing not found')]);
	});
});
