import type { ResourceMapperField } from 'n8n-workflow';
import { toParameterLabel } from '../../nodes/shared/parameters/parameterFields';
import { startSandbox, type Sandbox } from '../../sandbox';
import { listParameterFields } from '../engine/editor';
import { nodeParameters, offeredSchemas } from './bodies';
import { describeCollections } from './describeCollections';
import { expectAnswer } from './expectAnswer';
import { filePlaces, type FilePlace } from './filePlaces';
import { fromForm, isUpload } from './forms';
import { minimalRequest } from './minimalRequest';
import { entryFor, placedAlone, placedBeside, reference } from './placedFiles';
import { runRequest, type FilledFile, type FilledForm } from './runRequest';
import { serveSampleFiles } from './sampleFiles';
import { bodySchema, isObject } from './schema';
import { print, type DocumentedModel } from './collections';
import { bodyValidator, complaint, valueValidator } from './validator';

/** Lists with a higher limit aren't tested for it. */
const MAX_FILES = 20;

/** These tests aren't about output files. */
const download = false;

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
			const jobPace = { pollsUntilDone: 0 };
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
						`${tally.found} assigned by the node, ${tally.unclear} left to the user, ${tally.refused} refused as one too many`,
				),
			);

			test.each(cases)(
				'$model.id accepts a file in $name, from the item or by URL',
				async (each) => {
					for (const isOnWeb of [true, false]) {
						const files = entries(each, isOnWeb, each.place.list?.least ?? 1);
						if (await fill(each, files)) tally.sent += files.length;
					}
				},
			);

			const lists = cases.filter(({ place: { list } }) => list && list.most > 1);
			const testing = lists.length ? test.each(lists) : undefined;
			testing?.('$model.id accepts several files in $name', async (each) => {
				const files = entries(each, true, Math.max(2, each.place.list!.least));
				if (await fill(each, files)) tally.several += files.length;
			});

			// In a list of objects, another object always takes another file.
			const limited = lists.filter(
				({ place: { path, list } }) => path.length === 1 && list!.most <= MAX_FILES,
			);
			const refusing = limited.length ? test.each(limited) : undefined;
			refusing?.(
				'$model.id gets no request with more files in $name than it accepts',
				async (each) => {
					const { model, place } = each;
					const { form } = minimalRequest(contract, model, server.url, place);
					const files = [...form.files, ...entries(each, true, place.list!.most + 1)];
					const { error, calls } = await run(model, { ...form, files });
					expect(error?.message).toContain(`'${toParameterLabel(each.name)}'`);
					expect(calls).toEqual([]);
					tally.refused++;
				},
			);

			const nested = cases.filter(
				({ model, place: { path } }) =>
					path.length > 1 && Object.hasOwn(offeredSchemas(contract, model), path[0]),
			);
			const joining = nested.length ? test.each(nested) : undefined;
			joining?.(
				'$model.id accepts a file in $name beside values of the parameter',
				async (each) => {
					const { model, place } = each;
					const [file] = entries(each, false, 1);
					const { without, withFile } = placedBeside(place, reference(place, file), model.document);
					const { form, placed } = minimalRequest(contract, model, server.url, place);
					const [name] = place.path;
					const { error, calls } = await run(model, {
						...form,
						values: { ...form.values, [name]: without },
						files: [...form.files, file],
					});
					expect(error).toBeUndefined();
					const others = { model: model.id, ...form.entries, ...form.values, ...placed };
					expect(calls[0].body).toEqual({ ...others, [name]: withFile });
					expect(complaint(bodyValidator(model.document), calls[0].body)).toBe('');
					tally.beside++;
				},
			);

			test.each(cases)(
				'$model.id: the node assigns a file for $name, or asks for its parameter',
				async (each) => {
					const { model, place } = each;
					const [file] = entries(each, false, 1);
					const { form } = minimalRequest(contract, model, server.url, place);
					const files = [...form.files, { ...file, parameter: '' }];
					const { error, calls } = await run(model, { ...form, files });
					if (error) {
						// If it was assigned to another place, its own one is missing.
						expect(error.message).toMatch(
							/^It isn't clear what .* should use |is missing$| needs '| must be a list of /,
						);
						expect(calls).toEqual([]);
						tally.unclear++;
						return;
					}
					const [{ body }] = calls;
					const isForm = isObject(body) && Object.values(body).flat().some(isUpload);
					const sent = isForm ? fromForm(body, model.document) : body;
					expect(complaint(bodyValidator(model.document), sent)).toBe('');
					tally.found++;
				},
			);

			const run = async (model: DocumentedModel, form: FilledForm) =>
				await runRequest(sandbox, contract, model, await fieldsOf(model), { ...form, download });

			const fieldsOf = async ({ id }: DocumentedModel): Promise<ResourceMapperField[]> =>
				await listParameterFields(sandbox, nodeParameters(contract, id));

			const entries = ({ place }: Case, isOnWeb: boolean, count: number): FilledFile[] =>
				Array<FilledFile>(count).fill(entryFor(place, contract, isOnWeb ? server.url : undefined));

			/** Sends files to a place; `false` if their property needs more, which the node reports unsent. */
			async function fill({ model, place }: Case, files: FilledFile[]): Promise<boolean> {
				const own = placedAlone(place, files, model.document);
				const [name] = place.path;
				const property = bodySchema(model.document).properties?.[name] ?? {};
				const minimal = minimalRequest(contract, model, server.url, place);
				const form = { ...minimal.form, files: [...minimal.form.files, ...files], download };
				if (place.holds === 'upload' || valueValidator(property, model.document)(own[name])) {
					const fields = await fieldsOf(model);
					const placed = { ...minimal.placed, ...own };
					await expectAnswer({ sandbox, contract, model, fields }, { form, placed });
					return true;
				}
				const { error, calls } = await run(model, form);
				expect(error?.message).toMatch(
					new RegExp(`^'${toParameterLabel(name)}' at .* is missing$`),
				);
				expect(calls).toEqual([]);
				return false;
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
