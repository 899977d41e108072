/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specsFolder } from '../../specs/folder';
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

/** Folder of the documents of models that do not exist. */
export const INVENTED_SPECS = join(__dirname, 'fixtures', 'models');

/**
 * The documented models; `undefined` without a folder of their documents.
 *
 * @throws Error when `AIMLAPI_SPECS` names a folder that has none
 */
export function readDocumented(): Collection | undefined {
	const folder = specsFolder();
	return folder ? readCollection('documented', folder) : undefined;
}

/** Models that do not exist, written for these tests in the manner of the documented ones. */
export const readInvented = () => readCollection('invented', INVENTED_SPECS);

/** The models that the index.json of a folder lists, with their documents. */
export function readCollection(name: string, folder: string): Collection {
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
