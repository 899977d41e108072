import { isRecord } from '../json';

/** A model as the catalog describes it, the same whichever envelope it came in. */
export interface Model {
	id: string;
	/** Other ids under which the API still takes requests for it. */
	aliases: string[];
	name: string;
	developer: string;
	description: string;
	/** Endpoint type, e.g. `openai/chat-completions`; before August 2026 e.g. `chat-completion`. */
	type: string;
	/** Paths it is called under; only the older catalog lists them. */
	endpoints: string[];
	capabilities: string[];
	/** What it takes and gives, e.g. `text`, `image`; empty in the older catalog. */
	inputModalities: string[];
	outputModalities: string[];
	/** E.g. `playground:chat`, `tier:tier_2`; empty in the older catalog. */
	tags: string[];
	/** Context window in tokens. */
	contextLength?: number;
	/** Most tokens in one answer. */
	outputMax?: number;
	/** `pricing` as the catalog gives it; read by `describePrice`. */
	pricing?: unknown;
	/** Address of the OpenAPI document of its requests (`info.docsJson`). */
	schemaUrl?: string;
}

/**
 * Reads both forms of the catalog: the bare list in use until August 2026 and the
 * `{object: 'list', data}` envelope since. Entries without an id are left out.
 *
 * @returns `undefined` when the body is no catalog at all
 */
export function parseCatalog(body: unknown): Model[] | undefined {
	return findCatalogEntries(body)?.flatMap((entry) => parseModel(entry) ?? []);
}

/** The catalog's entries as they came; `undefined` when the body is no catalog. */
export function findCatalogEntries(body: unknown): unknown[] | undefined {
	const entries = isRecord(body) ? body.data : body;
	return Array.isArray(entries) ? entries : undefined;
}

/** @returns `undefined` when the entry is no model */
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
