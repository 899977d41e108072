/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenApiDocument } from '../schema/openapi';
import { describeModel } from './documented';
import { ENDPOINT_TYPES, type EndpointPath, type Model } from './model';

interface IndexEntry {
	model: string;
	endpoint: string;
	file: string;
}

/** A model and the OpenAPI document of its requests to an endpoint. */
export interface DocumentedModel {
	id: string;
	endpoint: string;
	document: OpenApiDocument;
}

const isServed = (endpoint: string): endpoint is EndpointPath => endpoint in ENDPOINT_TYPES;

/**
 * Reads the models that a folder documents. Its index.json lists `{ model, endpoint, file }`; each
 * file is an OpenAPI document. Throws when a file is missing or is not JSON.
 */
export async function loadSpecs(folder: string): Promise<Model[]> {
	const index = await readJson<IndexEntry[]>(join(folder, 'index.json'));
	const documents = new Map<string, Promise<OpenApiDocument>>();
	const load = (file: string) => {
		const document = documents.get(file) ?? readJson<OpenApiDocument>(join(folder, file));
		documents.set(file, document);
		return document;
	};
	const models = index.map(async ({ model, endpoint, file }) => ({
		id: model,
		endpoint,
		document: await load(file),
	}));
	return describeModels(await Promise.all(models));
}

/** Makes the catalog's entries for documented models; those of unknown endpoints are left out. */
export function describeModels(documented: readonly DocumentedModel[]): Model[] {
	return documented.flatMap(({ id, endpoint, document }) =>
		isServed(endpoint) ? describeModel(id, endpoint, document) : [],
	);
}

async function readJson<T>(path: string): Promise<T> {
	return JSON.parse(await readFile(path, 'utf8')) as T;
}
