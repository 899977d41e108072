import type { INode } from 'n8n-workflow';
import { useSandbox } from '../../support/useSandbox';
import { chatCalls, runChat, type ChatRun } from '../../engine/chatRun';
import { everythingIn } from '../../engine/everythingIn';

const sandbox = useSandbox();

const values = (...entries: object[]) => ({ values: entries as never[] });
const attach = (...entries: object[]) => ({ options: { attachments: values(...entries) } });
const zip = { data: 'UEs=', mimeType: 'application/zip', fileName: 'a.zip' };

type OnError = NonNullable<INode['onError']>;

/** An invalid input, its error message, and a part of the description with the advice. */
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
		'an attachment of a type that no chat model supports',
		{
			items: [{ json: {}, binary: { data: zip } }],
			fields: attach({ source: 'binary', binaryPropertyName: 'data' }),
		},
		"'Attachments' can't send a.zip: files of type application/zip are not supported",
		'Extract the text first',
	],
	[
		'an invalid URL',
		{ fields: attach({ source: 'url', url: 'photo.png' }) },
		"'URL' isn't valid: 'photo.png'",
		'https://',
	],
];

test.each(inputs)(
	'%s stops the workflow before anything is sent',
	async (_, run, message, description) => {
		const { error } = await runChat(sandbox, run);
		expect(error).toMatchObject({ message, description: expect.stringContaining(description) });
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(chatCalls(sandbox)).toHaveLength(0);
	},
);

test('an invalid input is an item with its error when the workflow continues, or goes to the error branch', async () => {
	const message = "'Messages' is empty";
	const run = async (onError: OnError) =>
		await runChat(sandbox, { messages: values(), settings: { onError } });
	const continued = await run('continueRegularOutput');
	expect(continued.error).toBeUndefined();
	expect(continued.items).toEqual([
		{ json: { error: expect.objectContaining({ message }) }, pairedItem: { item: 0 } },
	]);
	const { items, errorItems } = await run('continueErrorOutput');
	expect(items).toEqual([]);
	expect(errorItems).toMatchObject([{ json: { error: { message } }, pairedItem: { item: 0 } }]);
	expect(chatCalls(sandbox)).toHaveLength(0);
});

test("n8n refuses an empty 'Model' before the workflow starts", async () => {
	await expect(runChat(sandbox, { model: '' })).rejects.toThrow('Parameter "Model" is required');
	expect(chatCalls(sandbox)).toHaveLength(0);
});

test('a broken expression of one item stops the workflow before any item is paid for', async () => {
	const { error } = await runChat(sandbox, {
		items: [{ json: { n: 1 } }, { json: { n: 2 } }, { json: { n: 3 } }],
		messages: "={{ $json.n === 3 ? $('Nowhere').item.json.x : 'Hello' }}",
	});
	expect(error?.message).toContain("node doesn't exist");
	expect(chatCalls(sandbox)).toHaveLength(0);
});

test('a broken expression of one item leaves the others alone when the workflow continues', async () => {
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
	const errorFor = async (model: string) => {
		const settings = { onError: 'continueRegularOutput' as const };
		return (await runChat(sandbox, { model, settings })).items[0].json.error;
	};

	test('a wrong key says where to get one, and shows it nowhere', async () => {
		const apiKey = 'sk-secret-4711';
		const modes: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];
		for (const onError of modes) {
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

	test('an unknown model says to choose another, with status and request ID', async () => {
		expect(await errorFor('openai/gpt-99')).toEqual({
			message: expect.stringMatching(/\w/),
			description: expect.stringMatching(/openai\/gpt-99 may be misspelled.*HTTP status: 404/),
			httpStatus: 404,
			requestId: chatCalls(sandbox)[0].requestId,
			model: 'openai/gpt-99',
		});
	});

	test('a model of another kind is refused with the operation for it', async () => {
		expect(await errorFor('flux/schnell')).toMatchObject({
			message: "'flux/schnell' isn't a chat model",
			description: expect.stringMatching(
				/^It generates images\. Choose a chat model in 'Model', or use 'Generate an Image'\./,
			),
			httpStatus: 404,
			model: 'flux/schnell',
		});
	});

	test('a host that nobody listens on says to check the host', async () => {
		const { error } = await runChat(sandbox, {
			credential: { apiKey: 'k', url: 'http://127.0.0.1:9' },
			fields: { options: { maxRetries: 0 } },
		});
		expect(error).toMatchObject({
			message: "The API at http://127.0.0.1:9 can't be reached (ECONNREFUSED)",
			description: expect.stringContaining("Check 'Base URL' in the credential"),
		});
	});
});
