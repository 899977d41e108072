/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenApiDocument } from '../schema/openapi';
import { describeModel, type IndexedFacts } from './documented';
import { ENDPOINT_KINDS } from './kinds';
import type { EndpointPath, Model } from './model';

interface IndexEntry extends IndexedFacts {
	model: string;
	endpoint: string;
	/** Relative to the index. */
	file: string;
}

/** A model and the OpenAPI document of its requests to an endpoint. */
export interface DocumentedModel extends IndexedFacts {
	id: string;
	endpoint: string;
	document: OpenApiDocument;
}

const BUILT_IN = join(__dirname, 'documents');

const isServed = (endpoint: string): endpoint is EndpointPath => endpoint in ENDPOINT_KINDS;

/** The models that every sandbox has. */
export const loadBuiltIn = async (): Promise<Model[]> => await loadSpecs(BUILT_IN);

/**
 * Reads the models of a folder. Each entry of its index.json names a model, an endpoint and the file of
 * an OpenAPI document, and may have facts for the catalog.
 *
 * @throws Error if a file is missing or isn't JSON
 */
export async function loadSpecs(folder: string): Promise<Model[]> {
	const index = await readJson<IndexEntry[]>(join(folder, 'index.json'));
	const files = [...new Set(index.map(({ file }) => file))];
	const documents = await Promise.all(
		files.map(async (file) => [file, await readJson<OpenApiDocument>(join(folder, file))] as const),
	);
	const byFile = new Map(documents);
	return describeModels(
		index.map(({ model, file, ...rest }) => ({ id: model, document: byFile.get(file)!, ...rest })),
	);
}

/** Creates the catalog entries of documented models, without those of unknown endpoints. */
export function describeModels(documented: readonly DocumentedModel[]): Model[] {
	return documented.flatMap(({ id, endpoint, document, ...facts }) =>
		isServed(endpoint) ? describeModel(id, endpoint, document, facts) : [],
	);
}

async function readJson<T>(path: string): Promise<T> {
	return JSON.parse(await readFile(path, 'utf8')) as T;
}
