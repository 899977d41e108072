import * as fc from 'fast-check';
import { contracts, type Contract } from './contracts';
import { makeCore, type Core } from './generatedCores';
import { parameterSchema, propertyName, SHARED } from './generatedSchemas';
import type { ApiDocument, Schema } from './schema';
import type { Collection, DocumentedModel } from './collections';

const MODELS_PER_ENDPOINT = 12;

/** Fixed, so that a failure can be repeated. */
const SEED = 1;

/** Generated models of every endpoint. */
export function makeUpModels(): Collection {
	return { name: 'made-up', models: contracts.flatMap(modelsOf) };
}

function modelsOf(contract: Contract): DocumentedModel[] {
	const { path, resource, operation } = contract;
	const made = fc.sample(documentFor(contract), { seed: SEED, numRuns: MODELS_PER_ENDPOINT });
	return made.map(({ document, core: { files, text } }, index) => ({
		id: `made-up/${resource}-${operation}-${index}`,
		endpoint: path,
		document,
		files,
		text,
	}));
}

/** Documents whose requests have the endpoint's core, and parameters of any name and form. */
function documentFor(contract: Contract): fc.Arbitrary<{ document: ApiDocument; core: Core }> {
	return fc
		.record({
			core: makeCore(contract.path),
			parameters: fc.dictionary(propertyName(), parameterSchema(2, true), {
				minKeys: 1,
				maxKeys: 6,
			}),
			required: fc.array(fc.nat(20), { maxLength: 3 }),
			shared: fc.tuple(...SHARED.map(() => parameterSchema(1, false))),
			isClosed: fc.boolean(),
			isRootShared: fc.boolean(),
		})
		.map(({ core, parameters, required, shared, isClosed, isRootShared }) => {
			const names = Object.keys(parameters);
			const root: Schema = {
				type: 'object',
				properties: { model: { type: 'string' }, ...core.properties, ...parameters },
				required: unique([
					'model',
					...core.required,
					...required.map((index) => names[index % names.length]),
				]),
				...(isClosed && { additionalProperties: false }),
			};
			const schemas = Object.fromEntries(SHARED.map((name, index) => [name, shared[index]]));
			return { document: documentOf(contract.path, root, schemas, isRootShared), core };
		});
}

const unique = (names: string[]): string[] => [...new Set(names)];

function documentOf(
	path: string,
	root: Schema,
	shared: Record<string, Schema>,
	isRootShared: boolean,
): ApiDocument {
	const schema = isRootShared ? { $ref: '#/components/schemas/Request' } : root;
	return {
		openapi: '3.1.0',
		paths: { [path]: { post: { requestBody: { content: { 'application/json': { schema } } } } } },
		components: { schemas: { ...shared, ...(isRootShared && { Request: root }) } },
	};
}
