import type { ResourceMapperField } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	asTyped,
	fieldIssue,
	listFileParameters,
	listParameterFields,
	listPickerEntries,
} from '../engine/editor';
import {
	nodeParameters,
	offeredSchemas,
	ownProperties,
	parameterExamples,
	STREAMING,
} from './bodies';
import { describeCollections } from './describeCollections';
import { filePlaces } from './filePlaces';
import { toParameterLabel } from '../../nodes/shared/parameters/parameterFields';
import { bodySchema, enumValues, forms } from './schema';
import { print } from './collections';

describeCollections((collection, endpoints) => {
	const { name, models: all } = collection;
	let sandbox: Sandbox;
	let older: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ specs: all });
		older = await startSandbox({ specs: all, catalog: 'legacy' });
	});
	afterAll(async () => {
		await sandbox.close();
		await older.close();
		print(
			`contract: ${offered} of ${all.length} ${name} models are in the picker of their endpoint`,
		);
	});

	let offered = 0;
	test('every documented model has an endpoint that an operation serves', () => {
		const served = endpoints.flatMap(({ models }) => models);
		expect(all.filter((model) => !served.includes(model))).toEqual([]);
	});

	describe.each(endpoints)('of $contract.path', ({ contract, models }) => {
		let picked: string[];
		const tally = { models: 0, properties: 0, places: 0, values: 0 };

		beforeAll(async () => {
			const entries = await listPickerEntries(sandbox, nodeParameters(contract, ''));
			picked = entries.map(({ value }) => String(value));
		});
		afterAll(() =>
			print(
				`contract, fields: ${tally.models} of ${models.length} ${name} models of ${contract.path}, ` +
					`${tally.properties} body properties covered, ${tally.places} places for files, ${tally.values} values entered`,
			),
		);

		test('the model picker offers exactly the documented models, each once', () => {
			const served = sandbox.models.filter(({ endpoint }) => endpoint === contract.path);
			expect([...picked].sort()).toEqual(served.map(({ id }) => id).sort());
		});

		test('the model picker offers every documented model with the older catalog, too', async () => {
			const entries = await listPickerEntries(older, nodeParameters(contract, ''));
			const listed = new Set(entries.map(({ value }) => value));
			expect(models.filter(({ id }) => !listed.has(id))).toEqual([]);
		});

		describe.each(models)('$id', (model) => {
			const { id, document } = model;
			const schemas = offeredSchemas(contract, model);
			let fields: ResourceMapperField[];
			let placesOffered: string[];

			beforeAll(async () => {
				const parameters = nodeParameters(contract, id);
				fields = await listParameterFields(sandbox, parameters);
				placesOffered = contract.hasNoFiles
					? []
					: (await listFileParameters(sandbox, parameters)).map(String);
			});

			test('the model picker offers the model', () => {
				expect(picked).toContain(id);
				tally.models++;
				offered++;
			});

			test('a model has a field for every body property, and required ones are marked', () => {
				const { properties = {}, required = [] } = bodySchema(document);
				const own = ownProperties(contract, model);
				const files = placesOffered.map((place) => place.split('.')[0]);
				const reachable = [...own, ...files, ...STREAMING, ...fields.map((field) => field.id)];
				expect(Object.keys(properties).filter((name) => !reachable.includes(name))).toEqual([]);
				expect(fields.map((field) => field.id).sort()).toEqual(Object.keys(schemas).sort());
				const marked = fields.filter((field) => field.required).map((field) => field.id);
				expect(marked.sort()).toEqual(
					required.filter((name) => !own.includes(name) && !files.includes(name)).sort(),
				);
				tally.properties += Object.keys(properties).length;
			});

			const offering = contract.hasNoFiles ? undefined : test;
			offering?.("offers in 'Files' every place that takes a file, and no other", () => {
				const places = filePlaces(model).map(({ path }) => path.join('.'));
				expect([...placesOffered].sort()).toEqual(places.sort());
				tally.places += placesOffered.length;
			});

			test('a model has dropdowns for enums, with exactly the documented values', () => {
				const inFields = fields
					.filter(({ type }) => type === 'options')
					.map(({ id: name, options = [] }) => [
						name,
						options.map((option) => Object(option).value),
					]);
				const documented = Object.entries(schemas).flatMap(([name, schema]) => {
					const values = enumValues(schema, document);
					return values ? [[name, values]] : [];
				});
				expect(Object.fromEntries(inFields)).toEqual(Object.fromEntries(documented));
			});

			test('a model has ranges in the labels of its number fields if they are short', () => {
				for (const field of fields) {
					expect(field.displayName.length).toBeLessThanOrEqual(
						Math.max(30, toParameterLabel(field.id).length),
					);
					if (!field.displayName.includes(' (')) continue;
					const bounds = forms(schemas[field.id], document).flatMap((form) => [
						form.minimum ?? [],
						form.maximum ?? [],
					]);
					for (const bound of bounds.flat()) expect(field.displayName).toContain(String(bound));
				}
			});

			test('the fields of a model start with the documented defaults', () => {
				for (const { id: name, type, defaultValue } of fields) {
					const { default: documented } = schemas[name];
					if (!['boolean', 'number'].includes(type!) || typeof documented !== type) continue;
					expect([name, defaultValue]).toEqual([name, documented]);
				}
			});

			test('the fields of a model accept every documented form of a value', () => {
				const examples = parameterExamples(contract, model);
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
});
