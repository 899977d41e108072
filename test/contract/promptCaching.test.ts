import type { Message, Tool } from '@n8n/ai-node-sdk';
import type { ItemContext } from '../../nodes/AimlApi/run/operation';
import { toChatRequest } from '../../nodes/AimlApi/resources/chat/request';
import { toChatBody } from '../../nodes/LmChatAimlApi/model/chatBody';
import { InputError } from '../../nodes/shared/errors/InputError';
import { parseRequestSchema } from '../../nodes/shared/models/requestSchema';
import type { SubNodeRequest } from '../../nodes/shared/transport/subNodeClient';
import { requiredParameters } from './bodies';
import { CHAT, isChat } from './contracts';
import { describeCollections } from './describeCollections';
import { bodySchema } from './schema';
import { print } from './collections';
import { bodyValidator, complaint } from './validator';
import { WEATHER } from './weatherTool';

const MAX_BREAKPOINTS = 4;

const text = (content: string) => [{ type: 'text' as const, text: content }];
const USER: Message = { role: 'user', content: text('How is the weather?') };
const SYSTEM: Message = { role: 'system', content: text('Be brief.') };
const ANSWER: Message = { role: 'assistant', content: text('Sunny.') };

const marksIn = (value: unknown): number =>
	JSON.stringify(value).split('"cache_control"').length - 1;

describeCollections((collection, [{ contract, models }]) => {
	const tally = { marked: 0, plain: 0 };

	afterAll(() =>
		print(
			`contract, prompt caching: ${models.length} ${collection.name} chat models, ${tally.marked} get breakpoints, ` +
				`${tally.plain} document none`,
		),
	);

	describe.each(models)('$id', (model) => {
		const { id, document } = model;
		const schema = parseRequestSchema(document, CHAT);
		const validate = bodyValidator(document);
		// From the document's text, independent of how the node parses it.
		const { messages, system } = bodySchema(document).properties ?? {};
		const documentsMarks = JSON.stringify([messages, system, document.components ?? '']).includes(
			'"cache_control"',
		);
		const modelParameters = requiredParameters(contract, model);
		const asked = { model: id, requestSchema: async () => schema };

		const bodyOfAgent = async (conversation: Message[], tools: Tool[], cacheTtl?: '5m' | '1h') => {
			const task = { messages: conversation, tools, streams: false };
			const fields = { responseFormat: 'text', modelParameters, extraBody: {}, cacheTtl };
			return (await toChatBody(asked as unknown as SubNodeRequest, task, fields)).body;
		};
		const bodyOfItem = async (values: object[], cacheTtl?: '5m' | '1h') => {
			const fields = {
				messages: { values },
				attachments: [],
				responseFormat: 'text',
				modelParameters,
				extraBody: {},
				cacheTtl,
			};
			return (await toChatRequest(asked as unknown as ItemContext, fields)).body;
		};
		const expectValid = (plain: object, cached: object) => {
			// Some documents refuse even a plain message, so they can't tell about breakpoints.
			if (complaint(validate, plain)) return;
			expect({ cached, complaint: complaint(validate, cached) }).toEqual({ cached, complaint: '' });
		};

		test.each(['5m', '1h'] as const)(
			'a conversation gets valid breakpoints for %s, or none',
			async (ttl) => {
				const conversation = [SYSTEM, USER, ANSWER, USER];
				const plain = await bodyOfAgent(conversation, []);
				const cached = await bodyOfAgent(conversation, [], ttl);
				const marks = marksIn(cached);
				expect(marks > 0).toBe(documentsMarks);
				expect(marks).toBeLessThanOrEqual(MAX_BREAKPOINTS);
				if (!documentsMarks) expect(cached).toEqual(plain);
				expectValid(plain, cached);
				if (ttl === '5m') tally[marks ? 'marked' : 'plain']++;
			},
		);

		test('tools get a valid breakpoint, or none', async () => {
			const plain = await bodyOfAgent([SYSTEM, USER], [WEATHER]).catch((error: unknown) => error);
			if (plain instanceof InputError) return;
			const cached = await bodyOfAgent([SYSTEM, USER], [WEATHER], '1h');
			expect(marksIn(cached)).toBeLessThanOrEqual(MAX_BREAKPOINTS);
			if (!documentsMarks) expect(cached).toEqual(plain);
			expectValid(plain as object, cached);
		});

		test('an item gets valid breakpoints, or none', async () => {
			const values = [
				{ role: 'user', content: 'An example' },
				{ role: 'assistant', content: 'An answer' },
				{ role: 'user', content: 'The question' },
			];
			const plain = await bodyOfItem(values);
			const cached = await bodyOfItem(values, '5m');
			expect(marksIn(cached) > 0).toBe(documentsMarks);
			expectValid(plain, cached);
		});
	});
}, isChat);
