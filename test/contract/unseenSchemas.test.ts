import * as fc from 'fast-check';
import { CHAT_COMPLETIONS } from '../../nodes/shared/catalogue/endpoints';
import { requestSchemaOf } from '../../nodes/shared/catalogue/catalogue';
import { parameterFields } from '../../nodes/shared/catalogue/parameterFields';
import { writeChatRequest } from '../../nodes/shared/request/chatRequest';
import { readModelParameters } from '../../nodes/shared/request/readModelParameters';
import type { ObjectSchema } from '../../nodes/shared/schema/jsonSchema';
import { OWN_PROPERTIES, parameterExamples, parameterSchemas } from './chat';
import { asTyped, fieldIssue } from '../engine/editor';
import { flawOf } from './refusal';
import { bodySchema, enumValues, type ApiDocument } from './schema';
import { print } from './surroundings';
import { unseenDocument, unseenDocumentOf } from './unseenDocument';
import { bodyValidator, complaint, valueValidator } from './validator';
import { wrongValuesOf } from './wrongValues';

const MODEL = 'unseen/model';

/** Always the same schemas, so that a failure is one of the code. */
const SETTINGS = { seed: 1, numRuns: 80 };

const tally = { schemas: 0, requests: 0, refused: 0 };

afterAll(() =>
	print(
		`contract, unseen schemas: ${tally.schemas} made up, ${tally.requests} requests valid, ${tally.refused} wrong values refused`,
	),
);

test('a schema that no document has gives fields, requests and refusals like any other', async () => {
	await fc.assert(
		fc.asyncProperty(unseenDocument(), async (document) => {
			const schema = await schemaFromApi(document);
			checkFields(document, schema);
			await checkRequests(document, schema);
			checkRefusals(document, schema);
			tally.schemas++;
		}),
		SETTINGS,
	);
});

test('a schema that contains itself gives fields and requests', async () => {
	const tree = {
		type: 'object',
		properties: {
			label: { type: 'string' },
			branches: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
		},
		required: ['label'],
	};
	const document = unseenDocumentOf({ tree: { $ref: '#/components/schemas/Tree' } }, ['tree']);
	document.components = { schemas: { Tree: tree } };
	const schema = await schemaFromApi(document);
	checkFields(document, schema);
	await checkRequests(document, schema);
});

/** The schema as the node gets it: from a catalogue that lists one model, and the document it links. */
async function schemaFromApi(document: ApiDocument): Promise<ObjectSchema> {
	const host = `https://host-${tally.schemas}-${Math.random()}`;
	const docsJson = 'https://elsewhere.example/docs-json?model=unseen';
	const catalogue = {
		object: 'list',
		data: [{ id: MODEL, type: 'openai/chat-completions', info: { docsJson } }],
	};
	const schema = await requestSchemaOf(MODEL, CHAT_COMPLETIONS, host, async (path) =>
		path.startsWith('/v1/models') ? catalogue : document,
	);
	expect(schema).toBeDefined();
	return schema as ObjectSchema;
}

function checkFields(document: ApiDocument, schema: ObjectSchema): void {
	const fields = parameterFields(schema, OWN_PROPERTIES);
	const schemas = parameterSchemas(document);
	const { required = [] } = bodySchema(document);
	expect(fields.map(({ id }) => id).sort()).toEqual(Object.keys(schemas).sort());
	for (const { id, required: isMarked, type, options = [] } of fields) {
		expect({ id, isMarked }).toEqual({ id, isMarked: required.includes(id) });
		const values = enumValues(schemas[id], document);
		expect({ id, isDropdown: type === 'options' }).toEqual({ id, isDropdown: Boolean(values) });
		if (values) expect(options.map((option) => Object(option).value)).toEqual(values);
	}
}

async function checkRequests(document: ApiDocument, schema: ObjectSchema): Promise<void> {
	const { required = [] } = bodySchema(document);
	const examples = parameterExamples(document);
	const rows = Math.max(1, ...Object.values(examples).map((values) => values.length));
	for (let row = 0; row < rows; row++) {
		const all = Object.entries(examples).map(
			([name, values]) => [name, values[row % values.length]] as const,
		);
		await checkRequest(document, schema, Object.fromEntries(all));
		if (row > 0) continue;
		const needed = all.filter(([name]) => required.includes(name));
		await checkRequest(document, schema, Object.fromEntries(needed));
	}
}

async function checkRequest(
	document: ApiDocument,
	schema: ObjectSchema,
	values: Record<string, unknown>,
) {
	const fields = parameterFields(schema, OWN_PROPERTIES).filter(({ id }) =>
		Object.hasOwn(values, id),
	);
	const entered = fields.map((field) => {
		const value = values[field.id];
		const validate = valueValidator(parameterSchemas(document)[field.id], document);
		const isText = typeof value !== 'object' && validate(String(value));
		// Where a text is taken as well, only an expression can give a number or yes or no.
		const held = isText ? value : asTyped(field, value);
		expect({ id: field.id, held, issue: fieldIssue(field, held) }).toEqual({
			id: field.id,
			held,
			issue: '',
		});
		return [field.id, held];
	});
	const { body } = await writeChatRequest(
		MODEL,
		{
			messages: { values: [{ role: 'user', content: 'Hello' }] },
			attachments: [],
			responseFormat: 'text',
			modelParameters: Object.fromEntries(entered),
			extraBody: '',
		},
		async () => schema,
	);
	expect(body).toEqual({ model: MODEL, messages: [{ role: 'user', content: 'Hello' }], ...values });
	expect(complaint(bodyValidator(document), body)).toBe('');
	tally.requests++;
}

function checkRefusals(document: ApiDocument, schema: ObjectSchema): void {
	for (const [name, property] of Object.entries(parameterSchemas(document))) {
		for (const wrong of wrongValuesOf(property, document)) {
			const reading = () => readModelParameters({ [name]: wrong.value }, schema, MODEL);
			expect({ ...wrong, flaw: flawOf(reading, name, wrong) }).toEqual({ ...wrong, flaw: '' });
			tally.refused++;
		}
	}
}
