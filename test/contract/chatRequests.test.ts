import type { IDataObject, INodeParameters, ResourceMapperField } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { runNode } from '../engine/runNode';
import { CHAT_ENDPOINT, chatParameters, parameterExamples, parameterSchemas } from './chat';
import { describeModels } from './describeModels';
import { asTyped, listParameterFields } from '../engine/editor';
import { examplesOf } from './examples';
import { bodySchema, forms, isObject, type ApiDocument } from './schema';
import { shareOfRows } from './shareOfRows';
import { print, specsFolder, type DocumentedModel } from './surroundings';
import { bodyValidator, complaint } from './validator';

type Json = Record<string, unknown>;

/** A request beyond the plain one: a user's 'Hello', and nothing else. */
interface Request {
	/** Values of 'Model Parameters', as the body has to have them. */
	values?: Json;
	/** A chat history in place of the 'Hello'. */
	history?: Json[];
	/** 'Extra Body'. */
	extra?: Json;
	/** 'Response Format'. */
	responseFormat?: keyof typeof responseFormats;
}

const HELLO = [{ role: 'user', content: 'Hello' }];

/** What the JSON formats are on the wire, for the example {"word": "yes"}. */
const responseFormats = {
	json_object: { type: 'json_object' },
	json_schema: {
		type: 'json_schema',
		json_schema: {
			name: 'response',
			strict: true,
			schema: {
				type: 'object',
				properties: { word: { type: 'string' } },
				required: ['word'],
				additionalProperties: false,
			},
		},
	},
};

/** What schemas allow and the node does otherwise, with its reason, and in how many messages. */
const exemptions = {
	silent: {
		what: 'messages of an assistant without content and without tool calls are not tried',
		why: 'they say nothing, and the node refuses them as empty before they cost anything',
		messages: 0,
	},
	withoutText: {
		what: "a message's content that is null or left out arrives as ''",
		why: 'every model takes it beside tool calls, and many refuse null',
		messages: 0,
	},
};

describeModels(CHAT_ENDPOINT, (models) => {
	let sandbox: Sandbox;
	const tally = { models: new Set<string>(), requests: 0, refused: 0 };

	beforeAll(async () => {
		sandbox = await startSandbox({ specs: specsFolder, chunkDelayMs: 0 });
	});
	afterAll(async () => {
		await sandbox.close();
		print(
			`contract, requests: ${tally.models.size} of ${models.length} chat models, ` +
				`${tally.requests} requests valid on the wire and answered, ${tally.refused} response formats refused unsent`,
		);
		for (const { what, why, messages } of Object.values(exemptions)) {
			print(`contract, exempt in ${messages} messages: ${what}, since ${why}`);
		}
	});

	describe.each(models)('$id', (model) => {
		const { id, document } = model;
		const validate = bodyValidator(document);
		const examples = parameterExamples(document);
		const histories = historiesOf(document);
		const takesText = validate({ model: id, messages: HELLO });
		let fields: ResourceMapperField[];

		beforeAll(async () => {
			fields = await listParameterFields(sandbox, chatParameters(id));
		});

		test('answers a request with the required fields only', async () => {
			const { required = [] } = bodySchema(document);
			const values = Object.entries(examples).filter(([name]) => required.includes(name));
			await expectAnswer({
				values: Object.fromEntries(values.map(([name, [first]]) => [name, first])),
			});
		});

		test('gets every optional property as it was filled in, in each documented form', async () => {
			const columns = { ...examples, response_format: formatExamples(document) };
			const rows = Math.max(...Object.values(columns).map((values) => values.length));
			for (const row of shareOfRows(model, models, rows)) {
				const { response_format: format, ...values } = rowOf(columns, row);
				await expectAnswer({ values, extra: format ? { response_format: format } : {} });
			}
		});

		test('gets null from the extra body where its schema takes null', async () => {
			const names = Object.entries(parameterSchemas(document))
				.filter(([, schema]) => examplesOf(schema, document).includes(null))
				.map(([name]) => name);
			await expectAnswer({ extra: Object.fromEntries(names.map((name) => [name, null])) });
		});

		test('gets messages of every documented form out of a chat history', async () => {
			for (const history of histories) await expectAnswer({ history });
		});

		test.each(['json_object', 'json_schema'] as const)(
			'answers in %s beside all other properties, or refuses it unsent',
			async (responseFormat) => {
				if (documentedFormats(model).includes(responseFormat)) {
					await expectAnswer({ values: rowOf(examples, 0), responseFormat });
					return;
				}
				const { error, calls } = await run({ responseFormat });
				expect(error?.message).toBe(`The model ${id} does not take this 'Response Format'`);
				expect(calls).toEqual([]);
				tally.refused++;
			},
		);

		async function expectAnswer(request: Request) {
			const { values = {}, extra = {}, responseFormat } = request;
			const history = request.history ?? (takesText ? undefined : histories[0]);
			const { items, error, calls } = await run({ ...request, history });

			expect(error && { error, values }).toBeUndefined();
			expect(calls).toHaveLength(1);
			const [{ body }] = calls;
			expect(body).toEqual({
				model: id,
				messages: history?.map(asSent) ?? HELLO,
				...values,
				...extra,
				...(responseFormat && { response_format: responseFormats[responseFormat] }),
			});
			expect(complaint(validate, body)).toBe('');
			expect(items).toHaveLength(Number(values.n ?? 1));
			const unanswered = items.filter(({ json }) => !isAnswer(json));
			expect(unanswered).toEqual([]);
			if (responseFormat) expect(items.map(({ json }) => typeof json.json)).toContain('object');
			tally.requests++;
			tally.models.add(id);
		}

		/** Runs the node as the editor would have saved it. */
		async function run({ values = {}, history, extra, responseFormat }: Request) {
			sandbox.ledger.clear();
			const { items, error } = await runNode({
				credential: { apiKey: sandbox.apiKey, url: sandbox.url },
				items: [{ json: { history } as IDataObject }],
				parameters: {
					...chatParameters(id),
					messages: {
						values: [{ role: 'user', content: history ? '={{ $json.history }}' : 'Hello' }],
					},
					modelParameters: mapped(fields, values),
					...(extra && { extraBody: JSON.stringify(extra) }),
					responseFormat: responseFormat ?? 'text',
					jsonSchemaExample: '{"word": "yes"}',
				},
			});
			const calls = sandbox.ledger.calls.filter(({ path }) => path === CHAT_ENDPOINT);
			return { items, error, calls: [...calls] };
		}
	});
});

/** The values that a row of the examples has, those with fewer rows from their start again. */
function rowOf(examples: Record<string, unknown[]>, row: number): Json {
	return Object.fromEntries(
		Object.entries(examples).map(([name, values]) => [name, values[row % values.length]]),
	);
}

/** What the resource mapper holds once values were typed into its fields. */
function mapped(fields: ResourceMapperField[], values: Json): INodeParameters {
	const set = fields.filter(({ id }) => Object.hasOwn(values, id));
	return {
		mappingMode: 'defineBelow',
		value: Object.fromEntries(set.map((field) => [field.id, asTyped(field, values[field.id])])),
		schema: fields,
	} as unknown as INodeParameters;
}

const isAnswer = ({ text, toolCalls, finishReason }: IDataObject): boolean =>
	toolCalls
		? finishReason === 'tool_calls'
		: Boolean(text) && ['stop', 'length', 'end_turn'].includes(String(finishReason));

/** Every form of `response_format`, for the extra body: the field for it writes the usual ones only. */
function formatExamples(document: ApiDocument): unknown[] {
	const { response_format: format } = bodySchema(document).properties ?? {};
	return format ? examplesOf(format, document) : [undefined];
}

function documentedFormats({ document }: DocumentedModel): unknown[] {
	const { response_format: format } = bodySchema(document).properties ?? {};
	return format ? forms(format, document).flatMap(({ properties }) => properties?.type?.enum) : [];
}

/** Histories that between them have every documented form of a message and of its content. */
function historiesOf(document: ApiDocument): Json[][] {
	const { messages = {} } = bodySchema(document).properties ?? {};
	return examplesOf(messages, document).map((list) =>
		(list as unknown[]).filter(isObject).filter(saysSomething),
	);
}

function saysSomething({ content, tool_calls: calls, function_call: call }: Json): boolean {
	const says = (content !== undefined && content !== null) || Boolean(calls ?? call);
	if (!says) exemptions.silent.messages++;
	return says;
}

function asSent(message: Json): Json {
	const { content } = message;
	if (content !== undefined && content !== null) return message;
	exemptions.withoutText.messages++;
	return { ...message, content: '' };
}
