import type { ResourceMapperField } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { listParameterFields } from '../engine/editor';
import { nodeParameters } from './bodies';
import { describeCollections } from './describeCollections';
import { expectAnswer } from './expectAnswer';
import { filePlaces, type FilePlace } from './filePlaces';
import { minimalRequest } from './minimalRequest';
import { entryFor, placedAlone, placedBeside, reference } from './placedFiles';
import { labelOf } from './refusal';
import { runRequest, type FilledFile } from './runRequest';
import { serveSampleFiles } from './sampleFiles';
import { bodySchema } from './schema';
import { print, type DocumentedModel } from './surroundings';
import { bodyValidator, complaint, valueValidator } from './validator';

/** More files than this are not tried where a list takes any number. */
const MOST_FILES = 20;

interface Case {
	name: string;
	model: DocumentedModel;
	place: FilePlace;
}

describeCollections(
	(collection, endpoints) => {
		let sandbox: Sandbox;
		let server: Awaited<ReturnType<typeof serveSampleFiles>>;
		beforeAll(async () => {
			const jobPace = { pollsUntilDone: 1 };
			sandbox = await startSandbox({ specs: collection.models, chunkDelayMs: 0, jobPace });
			server = await serveSampleFiles();
		});
		afterAll(async () => {
			await sandbox.close();
			await server.close();
		});

		const withFiles = endpoints
			.map(({ contract, models }) => ({ contract, models, cases: casesOf(models) }))
			.filter(({ cases }) => cases.length);

		describe.each(withFiles)('of $contract.path', ({ contract, models, cases }) => {
			const tally = { sent: 0, several: 0, beside: 0, refused: 0, found: 0, unclear: 0 };
			afterAll(() =>
				print(
					`contract, files: ${models.length} ${collection.name} models of ${contract.path} with ${cases.length} places, ` +
						`${tally.sent} files sent, ${tally.several} in a list, ${tally.beside} beside parameters, ` +
						`${tally.found} to the place that the node found, ${tally.unclear} left to the user, ${tally.refused} one too many refused`,
				),
			);

			test.each(cases)(
				'$model.id takes a file in $name, from the item or the web',
				async (each) => {
					for (const isOnWeb of [true, false]) {
						const files = entries(each, isOnWeb, each.place.list?.least ?? 1);
						if (await fill(each, files)) tally.sent += files.length;
					}
				},
			);

			const lists = cases.filter(({ place: { list } }) => list && list.most > 1);
			const testing = lists.length ? test.each(lists) : undefined;
			testing?.('$model.id takes several files in $name, and no more than fit', async (each) => {
				const { least, most } = each.place.list!;
				const files = entries(each, true, Math.max(2, least));
				if (await fill(each, files)) tally.several += files.length;
				// In a list of objects, the next one takes what has no room in the first.
				if (most > MOST_FILES || each.place.path.length > 1) return;
				const { form } = minimalRequest(contract, each.model, server.url, each.place);
				const tooMany = [...(form.files ?? []), ...entries(each, true, most + 1)];
				const run = await runRequest(sandbox, contract, each.model, await fieldsOf(each.model), {
					...form,
					files: tooMany,
				});
				expect(run.error?.message).toContain(`'${labelOf(each.name)}'`);
				expect(run.calls).toEqual([]);
				tally.refused++;
			});

			const nested = cases.filter(({ place: { path } }) => path.length > 1);
			const joining = nested.length ? test.each(nested) : undefined;
			joining?.('$model.id takes a file in $name beside what a parameter gives', async (each) => {
				const { model, place } = each;
				const [file] = entries(each, false, 1);
				const beside = placedBeside(place, reference(place, file), model.document);
				if (!beside) return;
				const { form, placed } = minimalRequest(contract, model, server.url, place);
				const [name] = place.path;
				const run = await runRequest(sandbox, contract, model, await fieldsOf(model), {
					...form,
					values: { ...form.values, [name]: beside.without },
					files: [...form.files!, file],
				});
				expect(run.error).toBeUndefined();
				expect(run.calls[0].body).toEqual({
					model: model.id,
					...form.entries,
					...form.values,
					...placed,
					[name]: beside.withFile,
				});
				tally.beside++;
			});

			test.each(cases)(
				'$model.id: a file for $name finds its place, or asks for it',
				async (each) => {
					const [file] = entries(each, false, 1);
					const { form } = minimalRequest(contract, each.model, server.url, each.place);
					const files = [...(form.files ?? []), { ...file, parameter: '' }];
					const { error, calls } = await runRequest(
						sandbox,
						contract,
						each.model,
						await fieldsOf(each.model),
						{
							...form,
							files,
						},
					);
					if (error) {
						const [outermost] = each.place.path;
						const isIncomplete = error.message.startsWith(`'${labelOf(outermost)}' at `);
						expect(isIncomplete || error.message).toEqual(
							isIncomplete || expect.stringMatching(/^It is not clear what .* should use .* for$/),
						);
						expect(calls).toEqual([]);
						tally.unclear++;
						return;
					}
					expect(complaint(bodyValidator(each.model.document), calls[0].body)).toBe('');
					tally.found++;
				},
			);

			const entries = ({ place }: Case, isOnWeb: boolean, count: number): FilledFile[] =>
				Array<FilledFile>(count).fill(entryFor(place, contract, isOnWeb ? server.url : undefined));

			const fieldsOf = async ({ id }: DocumentedModel): Promise<ResourceMapperField[]> =>
				await listParameterFields(sandbox, nodeParameters(contract, id));

			/** Sends files to a place alone; `false` where its property takes more than they can give. */
			async function fill({ model, place }: Case, files: FilledFile[]): Promise<boolean> {
				const own = placedAlone(place, files, model.document);
				const [name] = place.path;
				const property = bodySchema(model.document).properties?.[name] ?? {};
				if (place.holds !== 'upload' && !valueValidator(property, model.document)(own[name])) {
					return false;
				}
				const { form, placed } = minimalRequest(contract, model, server.url, place);
				await expectAnswer(
					{ sandbox, contract, model, fields: await fieldsOf(model) },
					{
						form: { ...form, files: [...(form.files ?? []), ...files] },
						placed: { ...placed, ...own },
					},
				);
				return true;
			}
		});
	},
	({ hasNoFiles }) => !hasNoFiles,
);

function casesOf(models: DocumentedModel[]): Case[] {
	return models.flatMap((model) =>
		filePlaces(model).map((place) => ({ name: place.path.join('.'), model, place })),
	);
}
