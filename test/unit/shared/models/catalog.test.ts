import {
	clearCatalog,
	listModels,
	getRequestSchema,
} from '../../../../nodes/shared/models/catalog';
import { CHAT_COMPLETIONS } from '../../../../nodes/shared/models/endpoints';

const HOST = 'https://api.example.com';
const MODELS = '/v1/models?include=all';

const entry = (id: string, docsJson: unknown, more: object = {}) => ({
	id,
	type: 'openai/chat-completions',
	info: { docsJson },
	...more,
});
const documentWith = (...names: string[]) => {
	const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
	const content = { 'application/json': { schema: { type: 'object', properties } } };
	return { paths: { '/v1/chat/completions': { post: { requestBody: { content } } } } };
};

/** An API with an answer for each path, or an Error to throw; lists the requested paths. */
function api(answers: Record<string, unknown>) {
	const asked: string[] = [];
	const fetchJson = async (path: string) => {
		asked.push(path);
		const answer = answers[path];
		if (answer === undefined) throw new Error(`404 ${path}`);
		if (answer instanceof Error) throw answer;
		return answer;
	};
	return { asked, fetchJson, answers };
}

const schemaOf = async (model: string, { fetchJson }: ReturnType<typeof api>, host = HOST) =>
	await getRequestSchema(model, CHAT_COMPLETIONS, host, fetchJson);
const parametersOf = async (...query: Parameters<typeof schemaOf>) =>
	Object.keys((await schemaOf(...query))?.properties ?? {});

beforeEach(clearCatalog);
afterEach(() => jest.useRealTimers());

describe('the list of models', () => {
	test('the list of models is fetched once for all requests of the next minutes', async () => {
		const server = api({ [MODELS]: { data: [entry('a', '')] } });
		const lists = await Promise.all(
			[1, 2, 3].map(async () => await listModels(HOST, server.fetchJson)),
		);
		lists.push(await listModels(HOST, server.fetchJson));
		expect(lists.map((models) => models.map(({ id }) => id))).toEqual([['a'], ['a'], ['a'], ['a']]);
		expect(server.asked).toEqual([MODELS]);
	});

	test('the list of models is fetched again after ten minutes', async () => {
		jest.useFakeTimers();
		const server = api({ [MODELS]: [entry('a', '')] });
		await listModels(HOST, server.fetchJson);
		server.answers[MODELS] = [entry('a', ''), entry('released since', '')];
		jest.setSystemTime(Date.now() + 9 * 60_000);
		expect(await listModels(HOST, server.fetchJson)).toHaveLength(1);
		jest.setSystemTime(Date.now() + 2 * 60_000);
		expect(await listModels(HOST, server.fetchJson)).toHaveLength(2);
	});

	test('each host has its own list of models', async () => {
		const [ours, theirs] = ['ours', 'theirs'].map((id) => api({ [MODELS]: [entry(id, '')] }));
		await listModels(HOST, ours.fetchJson);
		expect(await listModels('http://localhost:4010', theirs.fetchJson)).toMatchObject([
			{ id: 'theirs' },
		]);
	});

	test('the list of models is fetched again after a failure, which all waiting look-ups get', async () => {
		const server = api({ [MODELS]: new Error('refused') });
		const attempts = [1, 2].map(async () => await listModels(HOST, server.fetchJson));
		await expect(
			Promise.all(attempts.map(async (attempt) => await attempt.catch(String))),
		).resolves.toEqual(['Error: refused', 'Error: refused']);
		server.answers[MODELS] = [entry('a', '')];
		expect(await listModels(HOST, server.fetchJson)).toHaveLength(1);
		expect(server.asked).toHaveLength(2);
	});

	test('the oldest of more than two hundred lists is dropped', async () => {
		const server = api({ [MODELS]: [entry('a', '')] });
		const ask = async (port: number) =>
			await listModels(`http://localhost:${port}`, server.fetchJson);
		for (let port = 1; port <= 201; port++) await ask(port);
		await ask(2);
		expect(server.asked).toHaveLength(201);
		await ask(1);
		expect(server.asked).toHaveLength(202);
	});

	test('an answer without a list of models is an error', async () => {
		const { fetchJson } = api({ [MODELS]: { message: 'moved' } });
		await expect(listModels(HOST, fetchJson)).rejects.toThrow("The answer isn't a list of models");
	});
});

describe("a model's schema", () => {
	const DOC = '/docs-json?model=a&endpoint=openai%2Fchat-completions';

	test("a model's schema is fetched once for all its items", async () => {
		const server = api({ [MODELS]: [entry('a', HOST + DOC)], [DOC]: documentWith('temperature') });
		const found = await Promise.all([1, 2, 3].map(async () => await parametersOf('a', server)));
		expect(found).toEqual([['temperature'], ['temperature'], ['temperature']]);
		expect(server.asked).toEqual([MODELS, DOC]);
	});

	test.each([
		['on the same host', `${HOST}/docs-json?m=a`],
		['on another host', 'https://elsewhere.example.org/docs-json?m=a'],
		['without a host', '/docs-json?m=a'],
		['on another host without a scheme', '//elsewhere.example.org/docs-json?m=a'],
		['with a doubled slash', `${HOST}//docs-json?m=a`],
	])(
		"a model's schema is fetched from the credential's host, though linked %s",
		async (_, link) => {
			const server = api({ [MODELS]: [entry('a', link)], '/docs-json?m=a': documentWith('top_p') });
			expect(await parametersOf('a', server)).toEqual(['top_p']);
		},
	);

	test("a model's schema is found by an alias of the model", async () => {
		const models = [entry('vendor/a-2', DOC, { aliases: ['a-latest'] })];
		const server = api({ [MODELS]: models, [DOC]: documentWith('seed') });
		expect(await parametersOf('a-latest', server)).toEqual(['seed']);
	});

	test("a model's schema is that of the endpoint, where the catalog lists the model for several", async () => {
		const models = [
			entry('a', '/docs-json?responses', { type: 'openai/responses' }),
			entry('a', DOC),
		];
		const server = api({
			[MODELS]: models,
			'/docs-json?responses': documentWith('input'),
			[DOC]: documentWith('messages'),
		});
		expect(await parametersOf('a', server)).toEqual(['messages']);
	});

	test.each<[string, Record<string, unknown>]>([
		['the model is unknown', { [MODELS]: [entry('b', DOC)] }],
		['the model links none', { [MODELS]: [entry('a', undefined)] }],
		['the link is no address', { [MODELS]: [entry('a', 'http://[')] }],
		['it cannot be fetched', { [MODELS]: [entry('a', DOC)] }],
		['the document describes no body', { [MODELS]: [entry('a', DOC)], [DOC]: { paths: {} } }],
		[
			'the document is malformed',
			{
				[MODELS]: [entry('a', DOC)],
				[DOC]: {
					paths: {
						'/x': { post: { requestBody: { content: { j: { schema: { allOf: [null] } } } } } },
					},
				},
			},
		],
		['there is no catalog', { [MODELS]: new Error('refused') }],
	])("a model's schema is unknown when %s", async (_, answers) => {
		expect(await schemaOf('a', api(answers))).toBeUndefined();
	});

	test("all items wait together for a model's schema that fails", async () => {
		const asked: string[] = [];
		let giveUp: (error: Error) => void = () => {};
		const silent = new Promise<never>((_, reject) => (giveUp = reject));
		const fetchJson = async (path: string) => {
			asked.push(path);
			return await silent;
		};
		const waiting = [...Array(30).keys()].map(
			async () => await getRequestSchema('a', CHAT_COMPLETIONS, HOST, fetchJson),
		);
		giveUp(new Error('timed out'));
		expect(await Promise.all(waiting)).toEqual(Array(30).fill(undefined));
		expect(await getRequestSchema('b', CHAT_COMPLETIONS, HOST, fetchJson)).toBeUndefined();
		expect(asked).toEqual([MODELS]);
	});

	test("a model's schema is fetched again a minute after a failure, and not by each item until then", async () => {
		jest.useFakeTimers({ now: 0 });
		const server = api({ [MODELS]: [entry('a', DOC)] });
		expect(await schemaOf('a', server)).toBeUndefined();
		server.answers[DOC] = documentWith('seed');
		jest.setSystemTime(59_000);
		expect(await schemaOf('a', server)).toBeUndefined();
		expect(server.asked).toHaveLength(2);
		jest.setSystemTime(61_000);
		expect(await parametersOf('a', server)).toEqual(['seed']);
	});
});
