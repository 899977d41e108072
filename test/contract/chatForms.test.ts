import type { IDataObject, ResourceMapperField } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { listParameterFields } from '../engine/editor';
import {
	entryExamples,
	nodeParameters,
	parameterExamples,
	requiredParameters,
	rowOf,
} from './bodies';
import { isChat } from './contracts';
import { describeCollections } from './describeCollections';
import { examplesOf } from './examples';
import { exempt, printExemptions } from './exemptions';
import { runRequest, type FilledForm } from './runRequest';
import { bodySchema, forms, isObject, valuesOf, type ApiDocument } from './schema';
import { print, type DocumentedModel } from './collections';
import { bodyValidator, complaint } from './validator';

type Json = Record<string, unknown>;

/** The JSON formats as they are sent for the example {"word": "yes"}. */
const RESPONSE_FORMATS = {
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

describeCollections((collection, [{ contract, models }]) => {
	let sandbox: Sandbox;
	const tally = { histories: 0, formats: 0, refused: 0 };

	beforeAll(async () => {
		sandbox = await startSandbox({ specs: collection.models, chunkDelayMs: 0 });
	});
	afterAll(async () => {
		await sandbox.close();
		print(
			`contract, forms of chat: ${models.length} ${collection.name} models, ${tally.histories} histories and ` +
				`${tally.formats} response formats sent as valid bodies and answered, ${tally.refused} response formats refused unsent`,
		);
		printExemptions();
	});

	describe.each(models)('$id', (model) => {
		const { id, document } = model;
		const entries = rowOf(entryExamples(contract, model), 0);
		const all = rowOf(parameterExamples(contract, model), 0);
		const required = requiredParameters(contract, model);
		let fields: ResourceMapperField[];

		beforeAll(async () => {
			fields = await listParameterFields(sandbox, nodeParameters(contract, id));
		});

		test('a chat history is sent with messages of every documented form', async () => {
			for (const messages of historiesOf(document)) {
				const form = { entries: { messages }, values: required };
				await expectAnswer(form, { messages: messages.map(asSent) });
				tally.histories++;
			}
		});

		test.each(['json_object', 'json_schema'] as const)(
			'a model answers in %s with all other properties set, or the node refuses unsent',
			async (responseFormat) => {
				const format = { responseFormat, jsonSchemaExample: '{"word": "yes"}' };
				if (documentedFormats(model).includes(responseFormat)) {
					const sent = { ...entries, response_format: RESPONSE_FORMATS[responseFormat] };
					const items = await expectAnswer({ entries, values: all }, sent, format);
					expect(items.map(({ json }) => typeof json.json)).toContain('object');
					tally.formats++;
					return;
				}
				const form = { entries, values: required };
				const run = await runRequest(sandbox, contract, model, fields, form, format);
				expect(run.error?.message).toBe(`${id} doesn't support this 'Response Format'`);
				expect(run.calls).toEqual([]);
				tally.refused++;
			},
		);

		async function expectAnswer(form: FilledForm, sent: Json, others: IDataObject = {}) {
			const run = await runRequest(sandbox, contract, model, fields, form, others as never);
			expect(run.error && { error: run.error, form }).toBeUndefined();
			expect(run.calls).toHaveLength(1);
			const [{ body }] = run.calls;
			expect(body).toEqual({ model: id, ...form.values, ...sent });
			expect(complaint(bodyValidator(document), body)).toBe('');
			expect(run.items).toHaveLength(contract.count(Object(body), run.items));
			expect(run.items.filter((item) => !contract.isAnswer(item, true))).toEqual([]);
			return run.items;
		}
	});
}, isChat);

function documentedFormats({ document }: DocumentedModel): unknown[] {
	const { response_format: format } = bodySchema(document).properties ?? {};
	return format
		? forms(format, document).flatMap(({ properties }) => valuesOf(properties?.type ?? {}))
		: [];
}

/** Histories that together have every documented form of a message and its content. */
function historiesOf(document: ApiDocument): Json[][] {
	const { messages = {} } = bodySchema(document).properties ?? {};
	return examplesOf(messages, document).map((list) =>
		(list as unknown[]).filter(isObject).filter(hasContent),
	);
}

function hasContent({ content, tool_calls: calls, function_call: call }: Json): boolean {
	const isFilled = (content !== undefined && content !== null) || Boolean(calls ?? call);
	if (!isFilled) exempt('silent');
	return isFilled;
}

function asSent(message: Json): Json {
	const { content } = message;
	if (content !== undefined && content !== null) return message;
	exempt('withoutText');
	return { ...message, content: '' };
}
