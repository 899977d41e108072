/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ApiDocument } from './schema';

/** A model behind an endpoint, and the OpenAPI document that describes its requests. */
export interface DocumentedModel {
	id: string;
	endpoint: string;
	document: ApiDocument;
}

const repository = join(__dirname, '..', '..');

/** Folder of the documented schemas, with an index.json; `AIMLAPI_SPECS` names another one. */
export const specsFolder = resolve(
	repository,
	process.env.AIMLAPI_SPECS ?? join('..', 'shared', 'aimlapi-specs'),
);

/** Where the schemas are part of the job, their absence must not pass for success. */
export const mustHaveSpecs = process.env.CI === 'true';

/** The documented models of an endpoint; `undefined` where the folder is absent. */
export function readDocumentedModels(endpoint: string): DocumentedModel[] | undefined {
	if (!existsSync(join(specsFolder, 'index.json'))) return undefined;
	const index = readJson('index.json') as Array<{ model: string; endpoint: string; file: string }>;
	return index
		.filter((entry) => entry.endpoint === endpoint)
		.map(({ model, file }) => ({
			id: model,
			endpoint,
			document: readJson(file) as ApiDocument,
		}));
}

const readJson = (file: string): unknown =>
	JSON.parse(readFileSync(join(specsFolder, file), 'utf8'));

/** Writes a line beside what the test runner reports. */
export function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
