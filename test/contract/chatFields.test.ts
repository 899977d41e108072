import type { ResourceMapperField } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	CHAT_ENDPOINT,
	chatParameters,
	OWN_PROPERTIES,
	parameterExamples,
	parameterSchemas,
} from './chat';
import { describeModels } from './describeModels';
import { asTyped, fieldIssue, listParameterFields, listPickerEntries } from '../engine/editor';
import { bodySchema, enumValues, forms } from './schema';
import { print, specsFolder } from './surroundings';

describeModels(CHAT_ENDPOINT, (models) => {
	let sandbox: Sandbox;
	let picked: string[];
	const tally = { models: 0, properties: 0, values: 0 };

	beforeAll(async () => {
		sandbox = await startSandbox({ specs: specsFolder });
		const entries = await listPickerEntries(sandbox, chatParameters(''));
		picked = entries.map(({ value }) => String(value));
	});
	afterAll(async () => {
		await sandbox.close();
		print(
			`contract, fields: ${tally.models} of ${models.length} chat models, ` +
				`${tally.properties} body properties covered, ${tally.values} values entered`,
		);
	});

	test('the model picker offers nothing but chat models, each once', () => {
		const served = sandbox.models.filter(({ endpoint }) => endpoint === CHAT_ENDPOINT);
		expect([...picked].sort()).toEqual(served.map(({ id }) => id).sort());
	});

	test('the older catalogue offers every documented model, too', async () => {
		const older = await startSandbox({ specs: specsFolder, catalogue: 'legacy' });
		const entries = await listPickerEntries(older, chatParameters(''));
		await older.close();
		const offered = new Set(entries.map(({ value }) => value));
		expect(models.filter(({ id }) => !offered.has(id))).toEqual([]);
	});

	describe.each(models)('$id', ({ id, document }) => {
		const schemas = parameterSchemas(document);
		let fields: ResourceMapperField[];

		beforeAll(async () => {
			fields = await listParameterFields(sandbox, chatParameters(id));
		});

		test('is offered in the model picker', () => {
			expect(picked).toContain(id);
			tally.models++;
		});

		test('has a field for every body property, required ones marked', () => {
			const { properties = {}, required = [] } = bodySchema(document);
			const reachable = [...OWN_PROPERTIES, ...fields.map((field) => field.id)];
			expect(Object.keys(properties).filter((name) => !reachable.includes(name))).toEqual([]);
			expect(fields.map((field) => field.id).sort()).toEqual(Object.keys(schemas).sort());
			expect(fields.filter((field) => field.required).map((field) => field.id)).toEqual(
				required.filter((name) => !OWN_PROPERTIES.includes(name)),
			);
			tally.properties += Object.keys(properties).length;
		});

		test('has dropdowns for enums, with exactly the documented values', () => {
			const offered = fields
				.filter(({ type }) => type === 'options')
				.map(({ id: name, options = [] }) => [name, options.map((option) => Object(option).value)]);
			const documented = Object.entries(schemas).flatMap(([name, schema]) => {
				const values = enumValues(schema, document);
				return values ? [[name, values]] : [];
			});
			expect(Object.fromEntries(offered)).toEqual(Object.fromEntries(documented));
		});

		test('has ranges in the labels of its number fields', () => {
			for (const field of fields) {
				const bounds = forms(schemas[field.id], document).flatMap((form) => [
					form.minimum ?? [],
					form.maximum ?? [],
				]);
				for (const bound of bounds.flat()) expect(field.displayName).toContain(String(bound));
			}
		});

		test('lets every documented form of a value into its field', () => {
			const examples = parameterExamples(document);
			const refused = fields.flatMap((field) =>
				examples[field.id].flatMap((value) => {
					tally.values++;
					const issue = fieldIssue(field, value) || fieldIssue(field, asTyped(field, value));
					return issue ? [{ field: field.id, value, issue }] : [];
				}),
			);
			expect(refused).toEqual([]);
		});
	});
});
