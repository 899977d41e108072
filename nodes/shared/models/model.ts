import { isRecord } from '../json';

/** A model in the catalog, whichever envelope it came in. */
export interface Model {
	id: string;
	/** Other ids that the API still accepts for it. */
	aliases: string[];
	name: string;
	developer: string;
	description: string;
	/** Endpoint type, e.g. `openai/chat-completions`; before August 2026 e.g. `chat-completion`. */
	type: string;
	/** Paths of its endpoints; only the older catalog lists them. */
	endpoints: string[];
	capabilities: string[];
	/** Modalities, e.g. `text`, `image`; empty in the older catalog. */
	inputModalities: string[];
	outputModalities: string[];
	/** E.g. `playground:chat`, `tier:tier_2`; empty in the older catalog. */
	tags: string[];
	/** Context window in tokens. */
	contextLength?: number;
	/** Maximum number of tokens in a response. */
	outputMax?: number;
	/** The catalog's `pricing` block; see `describePrice`. */
	pricing?: unknown;
	/** URL of the OpenAPI document of its requests (`info.docsJson`). */
	schemaUrl?: string;
}

/**
 * Parses both forms of the catalog: the bare list in use until August 2026 and the
 * `{object: 'list', data}` envelope since. Entries without an id are left out.
 *
 * @returns `undefined` if the body is not a catalog
 */
export function parseCatalog(body: unknown): Model[] | undefined {
	return findCatalogEntries(body)?.flatMap((entry) => parseModel(entry) ?? []);
}

/** The catalog's raw entries; `undefined` if the body is not a catalog. */
export function findCatalogEntries(body: unknown): unknown[] | undefined {
	const entries = isRecord(body) ? body.data : body;
	return Array.isArray(entries) ? entries : undefined;
}

/** @returns `undefined` if the entry is not a model */
export function parseModel(entry: unknown): Model | undefined {
	const id = isRecord(entry) ? text(entry.id) : '';
	if (!isRecord(entry) || !id) return undefined;
	const info = isRecord(entry.info) ? entry.info : {};
	return {
		id,
		aliases: texts(entry.aliases),
		name: text(info.name) || id,
		developer: text(info.developer),
		description: text(info.description),
		type: text(entry.type),
		endpoints: texts(entry.endpoints),
		capabilities: [...texts(entry.capabilities), ...texts(entry.features)],
		...parseModalities(entry.modalities),
		tags: texts(entry.tags),
		contextLength: count(info.contextLength),
		outputMax: count(info.outputMax) ?? count(info.maxTokens),
		pricing: entry.pricing,
		schemaUrl: text(info.docsJson) || undefined,
	};
}

function parseModalities(value: unknown) {
	const { input, output } = isRecord(value) ? value : {};
	return { inputModalities: texts(input), outputModalities: texts(output) };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(text) : []);

const count = (value: unknown): number | undefined =>
	typeof value === 'number' && value > 0 ? value : undefined;
