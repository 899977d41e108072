import type { ObjectSchema } from '../schema/jsonSchema';
import type { Endpoint } from './endpoints';
import { isServedBy } from './filters';
import { parseCatalog, type Model } from './model';
import { parseRequestSchema } from './requestSchema';

/** Fetches a path of the API and parses it as JSON; rejects on failure. */
export type FetchJson = (path: string) => Promise<unknown>;

/** How long the catalog and schemas are cached. */
const CACHE_TTL_MS = 10 * 60_000;
/** How long a failure is cached for runs, which do without, so that not every item repeats it. */
const FAILURE_TTL_MS = 60_000;
const MAX_CACHED = 200;

interface Entry {
	until: number;
	value: Promise<unknown>;
	hasFailed?: boolean;
}

/** Shared by all nodes of the n8n process: the catalog is the same for every key. */
const cache = new Map<string, Entry>();

/**
 * All models that the API at `host` offers, cached for a few minutes.
 *
 * @param acceptsFailure whether to fail like a request within the last minute did, without another one
 * @throws what `fetchJson` throws, or an Error if the response is not a catalog
 */
export async function listModels(
	host: string,
	fetchJson: FetchJson,
	acceptsFailure = false,
): Promise<Model[]> {
	const load = async () => {
		const models = parseCatalog(await fetchJson('/v1/models?include=all'));
		if (!models) throw new Error("The answer isn't a list of models");
		return models;
	};
	return await cached(`${host} models`, load, acceptsFailure);
}

/**
 * The schema of a model's requests to an endpoint. Always fetched from the credential's host, whatever
 * host the catalog links to, since the request carries the key.
 *
 * @returns `undefined` if the model is unknown, links no schema, or the schema can't be fetched
 */
export async function getRequestSchema(
	modelId: string,
	endpoint: Endpoint,
	host: string,
	fetchJson: FetchJson,
): Promise<ObjectSchema | undefined> {
	const load = async () => {
		const models = await listModels(host, fetchJson, true);
		const path = schemaPath(models, modelId, endpoint);
		return path ? parseRequestSchema(await fetchJson(path), endpoint.path) : undefined;
	};
	const found = cached(`${host} schema ${endpoint.path} ${modelId}`, load, true);
	return await found.catch(() => undefined);
}

/**
 * The prices of a model at an endpoint, as `parseRates` takes them.
 *
 * @returns `undefined` if the model is unknown, has none, or the catalog can't be fetched
 */
export async function getPricing(
	modelId: string,
	endpoint: Endpoint,
	host: string,
	fetchJson: FetchJson,
): Promise<unknown> {
	const models = await listModels(host, fetchJson, true).catch(() => []);
	return findEntry(models, modelId, endpoint)?.pricing;
}

function findEntry(models: Model[], modelId: string, endpoint: Endpoint): Model | undefined {
	const named = [
		...models.filter(({ id }) => id === modelId),
		...models.filter(({ aliases }) => aliases.includes(modelId)),
	];
	return named.find((model) => isServedBy(model, endpoint)) ?? named[0];
}

function schemaPath(models: Model[], modelId: string, endpoint: Endpoint): string | undefined {
	const entry = findEntry(models, modelId, endpoint);
	if (!entry?.schemaUrl || !URL.canParse(entry.schemaUrl, 'https://host')) return undefined;
	const { pathname, search } = new URL(entry.schemaUrl, 'https://host');
	return pathname.replace(/^\/*/, '/') + search;
}

async function cached<T>(key: string, load: () => Promise<T>, acceptsFailure: boolean): Promise<T> {
	const now = Date.now();
	const entry = cache.get(key);
	if (entry && entry.until > now && (acceptsFailure || !entry.hasFailed)) {
		return (await entry.value) as T;
	}

	const value = load();
	cache.delete(key);
	const newEntry: Entry = { until: now + CACHE_TTL_MS, value };
	cache.set(key, newEntry);
	if (cache.size > MAX_CACHED) cache.delete([...cache.keys()][0]);
	value.catch(() => {
		newEntry.hasFailed = true;
		newEntry.until = Date.now() + FAILURE_TTL_MS;
	});
	return await value;
}

/** Clears the cache. For tests. */
export function clearCatalog(): void {
	cache.clear();
}
