/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { join } from 'node:path';
import { readModels } from '../../sandbox/models/specs';
import { specsFolder } from '../../specs/folder';
import type { ApiDocument } from './schema';

/** A model behind an endpoint, and the OpenAPI document that describes its requests. */
export interface DocumentedModel {
	id: string;
	endpoint: string;
	document: ApiDocument;
	/** Paths that take files, with dots between the names; only for invented models. */
	files?: string[];
	/** The property of the main text, if it has an unusual name. */
	text?: string;
}

/** A set of models. */
export interface Collection {
	name: string;
	models: DocumentedModel[];
}

/** Folder of the invented models' documents. */
export const INVENTED_SPECS = join(__dirname, 'fixtures', 'models');

/**
 * Reads the real models; `undefined` if their documents weren't downloaded.
 *
 * @throws Error if `AIMLAPI_SPECS` names a folder without documents
 */
export function readDocumented(): Collection | undefined {
	const folder = specsFolder();
	return folder ? readCollection('documented', folder) : undefined;
}

/** Reads the models that were invented for these tests. */
export const readInvented = () => readCollection('invented', INVENTED_SPECS);

/** Reads the models of a folder, as the sandbox does. */
export const readCollection = (name: string, folder: string): Collection => ({
	name,
	models: readModels(folder) as DocumentedModel[],
});

/** Prints a line, without jest's prefix of `console.log`. */
export function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
