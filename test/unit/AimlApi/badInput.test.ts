import { NO_CREDITS_KEY } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';
import { clearCatalog } from '../../../nodes/shared/models/catalog';
import { chatCalls, runChat, type ChatRun } from '../../engine/chatRun';
import { everythingIn } from '../../engine/everythingIn';

const sandbox = useSandbox();

beforeEach(() => {
	clearCatalog();
});

const values = (...entries: object[]) => ({ values: entries as never[] });
const attach = (...entries: object[]) => ({ options: { attachments: values(...entries) } });
const zip = { data: 'UEs=', mimeType: 'application/zip', fileName: 'a.zip' };
const video = { data: 'AAAA', mimeType: 'video/mp4', fileName: 'a.mp4' };

/** What the user entered, the message it gives, and what its description says to do. */
const inputs: Array<[string, ChatRun, string, string]> = [
	[
		'a model expression that gives nothing',
		{ model: '={{ $json.nope }}' },
		"'Model' is empty",
		'expression',
	],
	['no message', { messages: values() }, "'Messages' is empty", 'Add at least one message'],
	[
		'an empty message',
		{ messages: values({ role: 'user', content: '={{ $json.nope }}' }) },
		"Message 1 in 'Messages' (user) is empty",
		'check that the field it reads exists',
	],
	[
		'an unknown role',
		{ messages: values({ role: 'robot', content: 'Hi' }) },
		"Message 1 in 'Messages' has an unknown role: 'robot'",
		'assistant',
	],
	[
		'malformed JSON in Extra Body',
		{ fields: { extraBody: '{"a": ' } },
		"'Extra Body' isn't valid JSON",
		'quotes, commas and brackets',
	],
	[
		'a list in Extra Body',
		{ fields: { extraBody: '[1]' } },
		"'Extra Body' must be a JSON object",
		'a list',
	],
	[
		'malformed JSON in the JSON Schema',
		{
			fields: {
				responseFormat: 'json_schema',
				schemaType: 'manual',
				inputSchema: '{type: object}',
			},
		},
		"'JSON Schema' isn't valid JSON",
		'quotes, commas and brackets',
	],
	[
		'malformed JSON in the JSON Example',
		{ fields: { responseFormat: 'json_schema', jsonSchemaExample: '{"a"}' } },
		"'JSON Example' isn't valid JSON",
		'quotes, commas and brackets',
	],
	[
		'malformed JSON in a model parameter',
		{ modelParameters: { tools: '[{"type":' } },
		"'Tools' isn't valid JSON",
		'a JSON list',
	],
	[
		'a model parameter out of range',
		{ modelParameters: { temperature: 9 } },
		"'Temperature' must be a number between 0 and 2, but is 9",
		"'Model Parameters'",
	],
	[
		'a model parameter that the model does not have',
		{ model: 'gemini-1.5-flash', modelParameters: { seed: 7 } },
		"The model gemini-1.5-flash has no parameter 'Seed'",
		"'Extra Body'",
	],
	[
		'a missing binary field',
		{ fields: attach({ source: 'binary', binaryPropertyName: 'photo' }) },
		"The item has no binary field 'photo'",
		'The item has no file',
	],
	[
		'a binary field of another name',
		{
			items: [{ json: {}, binary: { image: zip } }],
			fields: attach({ source: 'binary', binaryPropertyName: 'photo' }),
		},
		"The item has no binary field 'photo'",
		"Its binary fields are: 'image'",
	],
	[
		'an attachment of a type that no chat model takes',
		{
			items: [{ json: {}, binary: { data: zip } }],
			fields: attach({ source: 'binary', binaryPropertyName: 'data' }),
		},
		"'Attachments' can't send a.zip: files of type application/zip are not supported",
		'Extract the text first',
	],
	[
		'an attachment of a type that the model does not take',
		{
			items: [{ json: {}, binary: { data: video } }],
			fields: attach({ source: 'binary', binaryPropertyName: 'data' }),
		},
		"openai/gpt-4o-mini doesn't support video (a.mp4, video/mp4)",
		'Choose a model that supports them',
	],
	[
		'an address that is none',
		{ fields: attach({ source: 'url', url: 'photo.png' }) },
		"'URL' isn't valid: 'photo.png'",
		'https://',
	],
];

describe('before anything is sent,', () => {
	test.each(inputs)(
		'%s stops the workflow before anything is sent',
		async (_, run, message, description) => {
			const { error } = await runChat(sandbox, run);
			expect(error).toMatchObject({ message, description: expect.stringContaining(description) });
			expect(error?.context).toMatchObject({ itemIndex: 0 });
			expect(chatCalls(sandbox)).toHaveLength(0);
		},
	);

	test.each(inputs)(
		'%s goes on as an item, when the workflow continues',
		async (_, run, message) => {
			const { items, error } = await runChat(sandbox, {
				...run,
				settings: { onError: 'continueRegularOutput' },
			});
			expect(error).toBeUndefined();
			expect(items).toEqual([
				{ json: { error: expect.objectContaining({ message }) }, pairedItem: { item: 0 } },
			]);
			expect(chatCalls(sandbox)).toHaveLength(0);
		},
	);

	test.each(inputs)('%s goes to the error branch, when there is one', async (_, run, message) => {
		const { items, errorItems } = await runChat(sandbox, {
			...run,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(items).toEqual([]);
		expect(errorItems).toMatchObject([{ json: { error: { message } }, pairedItem: { item: 0 } }]);
		expect(chatCalls(sandbox)).toHaveLength(0);
	});
});

test('a model left empty is told by n8n before the workflow starts', async () => {
	await expect(runChat(sandbox, { model: '' })).rejects.toThrow('Parameter "Model" is required');
	expect(chatCalls(sandbox)).toHaveLength(0);
});

test('a broken expression of one item pays for none, when the workflow stops', async () => {
	const { error } = await runChat(sandbox, {
		items: [{ json: { n: 1 } }, { json: { n: 2 } }, { json: { n: 3 } }],
		messages: "={{ $json.n === 3 ? $('Nowhere').item.json.x : 'Hello' }}",
	});
	expect(error?.message).toContain("node doesn't exist");
	expect(chatCalls(sandbox)).toHaveLength(0);
});

test('a broken expression of one item leaves the others alone, when the workflow continues', async () => {
	const { items } = await runChat(sandbox, {
		items: [{ json: { n: 1 } }, { json: { n: 2 } }, { json: { n: 3 } }],
		messages: "={{ $json.n === 2 ? $('Nowhere').item.json.x : 'Hello' }}",
		settings: { onError: 'continueRegularOutput' },
	});
	expect(items.map(({ json }) => ('text' in json ? 'answer' : 'error'))).toEqual([
		'answer',
		'error',
		'answer',
	]);
});

describe('what the API refuses', () => {
	const facts = (run: ChatRun) =>
		runChat(sandbox, {
			fields: { options: { maxRetries: 0 } },
			settings: { onError: 'continueRegularOutput' },
			...run,
		});

	test('a wrong key says where to get one, and shows it nowhere', async () => {
		const apiKey = 'sk-secret-4711';
		for (const onError of [
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		] as const) {
			const result = await runChat(sandbox, {
				credential: { apiKey, url: sandbox.url },
				settings: { onError },
			});
			const failed = result.error ?? [...result.items, ...result.errorItems][0].json.error;
			expect(failed).toMatchObject({
				message: expect.stringContaining('This request requires a valid API key'),
				description: expect.stringContaining('Open the credential'),
			});
			expect(everythingIn(result)).not.toContain(apiKey);
		}
	});

	test('an account without credits says where to top up', async () => {
		const { items } = await runChat(sandbox, {
			credential: { apiKey: NO_CREDITS_KEY, url: sandbox.url },
			settings: { onError: 'continueRegularOutput' },
		});
		expect(items[0].json.error).toMatchObject({
			message: expect.stringContaining("You've run out of credits"),
			description: expect.stringContaining('Top up at'),
			httpStatus: 403,
		});
	});

	test('an unknown model says to choose another, with status and request ID', async () => {
		const { items } = await facts({ model: 'openai/gpt-99' });
		expect(items[0].json.error).toEqual({
			message: expect.stringMatching(/\w/),
			description: expect.stringMatching(/openai\/gpt-99 may be misspelled.*HTTP status: 404/),
			httpStatus: 404,
			requestId: chatCalls(sandbox)[0].requestId,
			model: 'openai/gpt-99',
		});
	});

	test('a model of another kind is told with the operation for it', async () => {
		const { items } = await facts({ model: 'flux/schnell' });
		expect(items[0].json.error).toMatchObject({
			message: "'flux/schnell' isn't a chat model",
			description: expect.stringMatching(
				/^It generates images\. Choose a chat model in 'Model', or use 'Generate an Image'\./,
			),
			httpStatus: 404,
			model: 'flux/schnell',
		});
	});

	test('an error reported with HTTP 200 is an error', async () => {
		const body = {
			id: '1',
			status: 'error',
			error: { name: 'Upstream', message: 'The model tripped' },
		};
		sandbox.faults.set([
			{ when: { path: '/v1/chat/completions' }, do: { body: JSON.stringify(body) } },
		]);
		const { items } = await facts({});
		expect(items[0].json.error).toMatchObject({ message: 'The model tripped', httpStatus: 200 });
	});

	test("a proxy's page is told by its title, not dumped", async () => {
		sandbox.faults.set([{ when: { path: '/v1/chat/completions' }, do: { html: true } }]);
		const { items } = await facts({});
		const { message } = items[0].json.error as { message: string };
		expect(message).toMatch(/Bad Gateway/);
		expect(message).not.toContain('<');
		expect(items[0].json.error).toMatchObject({
			description: expect.stringContaining('comes from a proxy or gateway'),
		});
	});

	test('an answer that is cut in the middle is an error, not an empty text', async () => {
		sandbox.faults.set([{ when: { path: '/v1/chat/completions' }, do: { truncate: true } }]);
		const { items } = await facts({});
		expect(items[0].json.error).toMatchObject({
			message: expect.stringContaining('not valid JSON'),
			description: expect.stringContaining('may have been charged'),
		});
	});

	test('a host that nobody listens on says to check the host', async () => {
		const { error } = await runChat(sandbox, {
			credential: { apiKey: 'k', url: 'http://127.0.0.1:9' },
			fields: { options: { maxRetries: 0 } },
		});
		expect(error).toMatchObject({
			message: "The API at http://127.0.0.1:9 can't be reached (ECONNREFUSED)",
			description: expect.stringContaining('Check the base URL in the credential'),
		});
	});

	test('an answer that takes too long says to raise the time-out', async () => {
		sandbox.faults.set([{ when: { path: '/v1/chat/completions' }, do: { delayMs: 5000 } }]);
		const { error } = await runChat(sandbox, {
			fields: { options: { timeout: 1, maxRetries: 0 } },
		});
		expect(error).toMatchObject({
			message: 'The API did not answer within 1 s',
			description: expect.stringContaining("Raise 'Timeout'"),
		});
	});
});
