import type { Message, Tool } from '@n8n/ai-node-sdk';
import { toChatBody } from '../../nodes/LmChatAimlApi/model/chatBody';
import { parseRequestSchema } from '../../nodes/shared/models/requestSchema';
import { InputError } from '../../nodes/shared/errors/InputError';
import type { SubNodeRequest } from '../../nodes/shared/transport/subNodeClient';
import { parameterSchemas, requiredParameters } from './bodies';
import { CHAT, isChat } from './contracts';
import { describeCollections } from './describeCollections';
import { print } from './collections';
import { bodyValidator, complaint } from './validator';
import { WEATHER } from './weatherTool';

const text = (content: string) => [{ type: 'text' as const, text: content }];
const call = (toolCallId: string) => ({
	type: 'tool-call' as const,
	toolCallId,
	toolName: 'weather',
	input: '{"city":"Paris"}',
});
const result = (toolCallId: string): Message => ({
	role: 'tool',
	content: [{ type: 'tool-result', toolCallId, result: '21 degrees' }],
});

const FIRST_TURN: Message[] = [
	{ role: 'system', content: text('Be brief.') },
	{ role: 'user', content: text('How is the weather in Paris?') },
];
/** Two parallel calls by a model that reasoned first. */
const SECOND_TURN: Message[] = [
	...FIRST_TURN,
	{
		role: 'assistant',
		content: [{ type: 'reasoning', text: 'I have to look.' }, call('call_1'), call('call_2')],
	},
	result('call_1'),
	result('call_2'),
];

describeCollections((collection, [{ contract, models }]) => {
	const tally = { withTools: 0, without: 0, unclear: 0 };

	afterAll(() =>
		print(
			`contract, agent turns: ${models.length} ${collection.name} chat models, ${tally.withTools} accept tools as documented, ` +
				`${tally.without} accept none, ${tally.unclear} document tools that no request can match`,
		),
	);

	describe.each(models)('$id', (model) => {
		const { id, document } = model;
		const schema = parseRequestSchema(document, CHAT);
		const validate = bodyValidator(document);
		const { tools: documented } = parameterSchemas(contract, model);
		const modelParameters = requiredParameters(contract, model);

		const write = async (messages: Message[], tools: Tool[]) => {
			const asked = { model: id, requestSchema: async () => schema } as unknown as SubNodeRequest;
			const task = { messages, tools, streams: true };
			const fields = { responseFormat: 'text', modelParameters, extraBody: {} };
			return (await toChatBody(asked, task, fields)).body;
		};
		const takes = (body: object) => complaint(validate, body);

		test('a model accepts a turn without tools', async () => {
			const body = await write(FIRST_TURN, []);
			const { messages } = body as { messages: Array<{ content: unknown }> };
			const takesText = !takes({ model: id, messages: [{ role: 'user', content: 'Hello' }] });
			if (takesText)
				expect({ messages, complaint: takes(body) }).toEqual({ messages, complaint: '' });
		});

		test('a model accepts tools, parallel calls and their results, or the node refuses them', async () => {
			if (!documented) {
				await expect(write(FIRST_TURN, [WEATHER])).rejects.toThrow(InputError);
				tally.without++;
				return;
			}
			const body = await write(SECOND_TURN, [WEATHER]);
			const { tools, ...rest } = body;
			const complaintOfTools = takes({ ...(await write(FIRST_TURN, [])), tools });
			expect({ rest, complaint: takes(rest) }).toEqual({ rest, complaint: '' });
			if (complaintOfTools) tally.unclear++;
			else tally.withTools++;
		});
	});
}, isChat);
