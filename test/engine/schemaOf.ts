/** JSON Schema as n8n's editor reads it for a preview of a node's output. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
	/** At the top level of a file only. */
	version?: number;
}

/** The schema of a JSON value, without properties that are null or undefined. */
export function schemaOf(value: unknown): OutputSchema {
	if (Array.isArray(value)) {
		const items = value.filter(isSet).map(schemaOf);
		return { type: 'array', ...(items.length > 0 && { items: items.reduce(mergeSchemas) }) };
	}
	if (typeof value !== 'object') return { type: typeof value };
	const entries = Object.entries(value ?? {}).filter(([, entry]) => isSet(entry));
	return {
		type: 'object',
		properties: Object.fromEntries(entries.map(([key, entry]) => [key, schemaOf(entry)])),
	};
}

const isSet = (value: unknown): boolean => value !== null && value !== undefined;

/** Joins the properties of two schemas; where their types differ, the first one stays. */
export function mergeSchemas(one: OutputSchema, other: OutputSchema): OutputSchema {
	if (one.type !== other.type) return one;
	const { properties = {} } = one;
	const added = Object.entries(other.properties ?? {}).map(([key, schema]) => [
		key,
		properties[key] ? mergeSchemas(properties[key], schema) : schema,
	]);
	const items = one.items && other.items ? mergeSchemas(one.items, other.items) : one.items;
	return {
		...one,
		...(one.properties && { properties: { ...properties, ...Object.fromEntries(added) } }),
		...((items ?? other.items) && { items: items ?? other.items }),
	};
}
