/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
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

/**
 * Reads the models of a folder. Each entry of its index.json names a model, an endpoint and the file of
 * an OpenAPI document, and may have further facts.
 *
 * @throws Error if a file is missing or isn't JSON
 */
export function readModels(folder: string): DocumentedModel[] {
	const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
	const index = read('index.json') as IndexEntry[];
	const files = [...new Set(index.map(({ file }) => file))];
	const documents = new Map(files.map((file) => [file, read(file) as OpenApiDocument]));
	return index.map(({ model, file, ...facts }) => ({
		id: model,
		document: documents.get(file)!,
		...facts,
	}));
}

const isServed = (endpoint: string): endpoint is EndpointPath =>
	Object.hasOwn(ENDPOINT_KINDS, endpoint);

/** Creates the catalog entries of documented models, without those of unknown endpoints. */
export function describeModels(documented: readonly DocumentedModel[]): Model[] {
	return documented.flatMap(({ id, endpoint, document, ...facts }) =>
		isServed(endpoint) ? describeModel(id, endpoint, document, facts) : [],
	);
}

let builtIn: Model[] | undefined;

/** The models that every sandbox has; read from disk once. */
export const builtInModels = (): Model[] =>
	(builtIn ??= describeModels(readModels(join(__dirname, 'documents'))));
