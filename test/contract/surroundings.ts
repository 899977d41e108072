/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ApiDocument } from './schema';

/** A model behind an endpoint, and the OpenAPI document that describes its requests. */
export interface DocumentedModel {
	id: string;
	endpoint: string;
	document: ApiDocument;
	/** Where files go, with dots between the names; told of models that are not documented. */
	files?: string[];
	/** The property of its main text, where that has none of the usual names. */
	text?: string;
}

/** A set of pairs of model and endpoint. */
export interface Collection {
	name: string;
	models: DocumentedModel[];
}

interface IndexEntry extends Omit<DocumentedModel, 'id' | 'document'> {
	model: string;
	file: string;
}

const repository = join(__dirname, '..', '..');

/** Folder of the documented schemas, with an index.json; `AIMLAPI_SPECS` names another one. */
export const specsFolder = resolve(
	repository,
	process.env.AIMLAPI_SPECS ?? join('..', 'shared', 'aimlapi-specs'),
);

const inventedFolder = join(__dirname, 'unseen');

/** Where the schemas are part of the job, their absence must not pass for success. */
export const mustHaveSpecs = process.env.CI === 'true';

/** The documented schemas; `undefined` where their folder is absent. */
export const readDocumented = () => readCollection('documented', specsFolder);

/** Models that do not exist, written for these tests in the manner of the documented ones. */
export const readInvented = () => readCollection('invented', inventedFolder);

function readCollection(name: string, folder: string): Collection | undefined {
	if (!existsSync(join(folder, 'index.json'))) return undefined;
	const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
	const index = read('index.json') as IndexEntry[];
	const models = index.map(({ model, file, ...rest }) => ({
		id: model,
		document: read(file) as ApiDocument,
		...rest,
	}));
	return { name, models };
}

/** Writes a line beside what the test runner reports. */
export function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
