import type { ObjectSchema } from '../schema/jsonSchema';
import type { Endpoint } from './endpoints';
import { isServedBy } from './filters';
import { readCatalogue, type Model } from './model';
import { readRequestSchema } from './requestSchema';

/** Gets a path below the API's host as parsed JSON; rejects when that fails. */
export type FetchJson = (path: string) => Promise<unknown>;

/** How long the catalogue and schemas are kept, in milliseconds: a new model appears soon enough. */
const KEPT_FOR = 10 * 60_000;
const MOST_KEPT = 200;

interface Entry {
	until: number;
	value: Promise<unknown>;
}

/** Shared by all nodes of the n8n process, as the catalogue is the same for every key. */
const kept = new Map<string, Entry>();

/**
 * All models that the API at `host` offers. One request serves every look-up of the next minutes;
 * a failed one is not remembered.
 *
 * @throws what `fetchJson` throws, or an Error when the answer is no catalogue
 */
export async function listModels(host: string, fetchJson: FetchJson): Promise<Model[]> {
	return await remember(`${host} models`, async () => {
		const models = readCatalogue(await fetchJson('/v1/models?include=all'));
		if (!models) throw new Error('The answer is no list of models');
		return models;
	});
}

/**
 * The schema of a model's requests to an endpoint. Always fetched from the credential's own host,
 * whatever host the catalogue's link names, since the request carries the key.
 *
 * @returns `undefined` when the model is unknown, links no schema, or the schema cannot be fetched
 */
export async function requestSchemaOf(
	modelId: string,
	endpoint: Endpoint,
	host: string,
	fetchJson: FetchJson,
): Promise<ObjectSchema | undefined> {
	const found = remember(`${host} schema ${endpoint.path} ${modelId}`, async () => {
		const models = await listModels(host, fetchJson);
		const path = schemaPath(models, modelId, endpoint);
		return path ? readRequestSchema(await fetchJson(path), endpoint.path) : undefined;
	});
	return await found.catch(() => undefined);
}

function schemaPath(models: Model[], modelId: string, endpoint: Endpoint): string | undefined {
	const named = [
		...models.filter(({ id }) => id === modelId),
		...models.filter(({ aliases }) => aliases.includes(modelId)),
	];
	const entry = named.find((model) => isServedBy(model, endpoint)) ?? named[0];
	if (!entry?.schemaUrl || !URL.canParse(entry.schemaUrl, 'https://host')) return undefined;
	const { pathname, search } = new URL(entry.schemaUrl, 'https://host');
	return pathname.replace(/^\/*/, '/') + search;
}

async function remember<T>(key: string, load: () => Promise<T>): Promise<T> {
	const now = Date.now();
	const entry = kept.get(key);
	if (entry && entry.until > now) return (await entry.value) as T;

	const value = load();
	kept.delete(key);
	kept.set(key, { until: now + KEPT_FOR, value });
	if (kept.size > MOST_KEPT) kept.delete([...kept.keys()][0]);
	value.catch(() => {
		if (kept.get(key)?.value === value) kept.delete(key);
	});
	return await value;
}

/** Forgets everything fetched, so that a test starts anew. */
export function forgetCatalogue(): void {
	kept.clear();
}
