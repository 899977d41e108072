import type { ResourceMapperField } from 'n8n-workflow';
import { toParameterLabel } from '../../nodes/shared/parameters/parameterFields';
import { startSandbox, type Sandbox } from '../../sandbox';
import { listParameterFields } from '../engine/editor';
import {
	entryExamples,
	nodeParameters,
	parameterExamples,
	parameterSchemas,
	rowOf,
} from './bodies';
import type { Contract } from './contracts';
import { describeCollections } from './describeCollections';
import { examplesOf } from './examples';
import { printExemptions } from './exemptions';
import { expectAnswer, type Expectation } from './expectAnswer';
import { filePlaces, type FilePlace } from './filePlaces';
import { filesFor, minimalRequest } from './minimalRequest';
import { omit } from './pick';
import { runRequest } from './runRequest';
import { serveSampleFiles } from './sampleFiles';
import { bodySchema, type ApiDocument } from './schema';
import { sampleRows } from './sampleRows';
import { print } from './collections';

/**
 * Declares tests that run models of the chosen endpoints: with the required properties, with all
 * properties in every form, as JSON and as a form with a file; and that nothing is sent without a required
 * property.
 */
export function describeRequests(only: (contract: Contract) => boolean): void {
	describeCollections((collection, endpoints) => {
		let sandbox: Sandbox;
		let server: Awaited<ReturnType<typeof serveSampleFiles>>;
		beforeAll(async () => {
			const jobPace = { pollsUntilDone: 0 };
			sandbox = await startSandbox({ specs: collection.models, chunkDelayMs: 0, jobPace });
			server = await serveSampleFiles();
		});
		afterAll(async () => {
			await sandbox.close();
			await server.close();
		});

		describe.each(endpoints)('of $contract.path', ({ contract, models }) => {
			const tally = { models: new Set<string>(), requests: 0, refused: 0 };
			afterAll(() => {
				printExemptions();
				print(
					`contract, requests: ${tally.models.size} of ${models.length} ${collection.name} models of ${contract.path}, ` +
						`${tally.requests} valid requests sent and answered, ${tally.refused} incomplete ones refused unsent`,
				);
			});

			describe.each(models)('$id', (model) => {
				const { id, document } = model;
				const { required = [] } = bodySchema(document);
				const entries = entryExamples(contract, model);
				const examples = parameterExamples(contract, model);
				const places = filePlaces(model);
				const uploads = places.filter(({ holds }) => holds === 'upload');
				let fields: ResourceMapperField[];

				beforeAll(async () => {
					fields = await listParameterFields(sandbox, nodeParameters(contract, id));
				});

				test('a model answers a request with the required fields only', async () => {
					await succeed(minimal());
				});

				test('a model gets every property as it was entered, in each documented form', async () => {
					const others = examplesFor(contract.byExtraBody ?? [], document);
					const { files, placed } = filesFor(
						uploads.filter(isRequired),
						contract,
						model,
						server.url,
					);
					for (const [turn, row] of rowsOf(entries, examples, others).entries()) {
						const form = {
							entries: rowOf(entries, row),
							values: rowOf(examples, row),
							extra: rowOf(others, row),
							// Downloads are slow, so only the first request does them.
							download: turn === 0,
						};
						await succeed({ form: { ...form, files }, placed });
					}
				});

				const uploading =
					uploads.every((place) => !isRequired(place)) && uploads.length ? test : undefined;
				uploading?.('a model gets every property in a form with an uploaded file', async () => {
					const fromElsewhere = places.filter(({ holds }) => holds !== 'upload');
					const columns = omit(
						examples,
						fromElsewhere.map(({ path }) => path[0]),
					);
					const { files, placed } = filesFor(uploads, contract, model, server.url);
					for (const [turn, row] of rowsOf(entries, columns).entries()) {
						const form = {
							entries: rowOf(entries, row),
							values: rowOf(columns, row),
							download: turn === 0,
						};
						await succeed({ form: { ...form, files }, placed });
					}
				});

				test('a model gets null from the extra body if its schema allows null', async () => {
					const schemas = Object.entries(parameterSchemas(contract, model));
					const nullable = schemas.filter(([, schema]) =>
						examplesOf(schema, document).includes(null),
					);
					const { form, placed } = minimal();
					const extra = Object.fromEntries(nullable.map(([name]) => [name, null]));
					await succeed({ form: { ...form, extra }, placed });
				});

				test('a model gets no request without what it requires', async () => {
					const { form } = minimal();
					for (const name of required.filter((each) => each !== 'model')) {
						const incomplete = {
							entries: omit(form.entries ?? {}, [name]),
							values: omit(form.values ?? {}, [name]),
							files: form.files?.filter(({ parameter }) => parameter.split('.')[0] !== name),
						};
						// n8n itself stops if a required field is blank.
						const { message } = await runRequest(sandbox, contract, model, fields, incomplete).then(
							({ error }) => ({ message: error?.message }),
							(error: Error) => error,
						);
						const field = name === model.text ? contract.mainText! : name;
						const label = contract.labels?.[field] ?? toParameterLabel(field);
						const namesField = expect.stringMatching(new RegExp(`["'](${name}|${label})["']`));
						expect({ name, message }).toEqual({ name, message: namesField });
						expect(posts(sandbox)).toEqual([]);
						tally.refused++;
					}
				});

				const minimal = () => minimalRequest(contract, model, server.url);

				const rowsOf = (...tables: Array<Record<string, unknown>>): number[] => {
					const columns = tables.flatMap((table) => Object.values(table) as unknown[][]);
					return sampleRows(model, models, Math.max(1, ...columns.map(({ length }) => length)));
				};

				async function succeed(expectation: Expectation) {
					await expectAnswer({ sandbox, contract, model, fields }, expectation);
					tally.requests++;
					tally.models.add(id);
				}
			});
		});
	}, only);
}

function isRequired({ required }: FilePlace): boolean {
	return required;
}

const posts = ({ requestLog }: Sandbox) =>
	requestLog.calls.filter(({ method }) => method === 'POST');

const examplesFor = (names: string[], document: ApiDocument) =>
	Object.fromEntries(
		names.flatMap((name) => {
			const schema = bodySchema(document).properties?.[name];
			return schema ? [[name, examplesOf(schema, document)]] : [];
		}),
	);
