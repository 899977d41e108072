import Ajv from 'ajv';
import type { Schema } from '../schema/openapi';
import { firstSentence } from './sentences';
import { languageIn, quotedIn } from './translation';

const ajv = new Ajv({ strict: false, validateSchema: false, logger: false });

interface Source {
	/** Where the values come from. */
	text: string;
	/** The whole schema, for `$ref`. */
	root: Schema;
	depth: number;
}

/** Below this depth only required properties are filled, so that recursive schemas end. */
const MAX_OPTIONAL_DEPTH = 4;
const MAX_DEPTH = 16;

/**
 * Generates a value that is valid for a JSON Schema, from a text if possible: an enum's value, a number
 * or a URL that occurs in it. A `pattern` is matched only by a word of the text.
 */
export function sampleFromSchema(schema: Schema, text: string): unknown {
	return make(schema, { text, root: schema, depth: 0 });
}

function make(schema: Schema, source: Source, name = ''): unknown {
	if (source.depth > MAX_DEPTH) return null;
	if (typeof schema.$ref === 'string') {
		return make(resolve(schema.$ref, source.root), { ...source, depth: source.depth + 1 }, name);
	}
	if (schema.const !== undefined) return schema.const;
	if (Array.isArray(schema.enum)) return mostMentioned(schema.enum, source.text);
	const { anyOf, oneOf, ...rest } = schema;
	const alternatives = (anyOf ?? oneOf) as Schema[] | undefined;
	if (alternatives) {
		const chosen = alternatives.find(({ type }) => type !== 'null') ?? alternatives[0];
		return make({ ...rest, ...chosen }, source, name);
	}
	if (Array.isArray(schema.allOf)) return make(merge(schema), source, name);
	return makeTyped(schema, source, name);
}

function makeTyped(schema: Schema, source: Source, name: string): unknown {
	switch (typeOf(schema)) {
		case 'object':
			return makeObject(schema, source);
		case 'array':
			return makeArray(schema, source, name);
		case 'number':
		case 'integer':
			return makeNumber(schema, source.text);
		case 'boolean':
			return mentions(source.text, name) > 0;
		case 'null':
			return null;
		default:
			return makeText(schema, source.text, name);
	}
}

function typeOf(schema: Schema): unknown {
	const types = [schema.type].flat();
	const type = types.find((candidate) => candidate !== 'null') ?? types[0];
	return type ?? (schema.properties ? 'object' : schema.items ? 'array' : 'string');
}

function resolve(reference: string, root: Schema): Schema {
	const steps = reference.split('/').slice(1);
	return steps.reduce((schema, step) => (schema[step] ?? {}) as Schema, root);
}

function merge({ allOf, ...rest }: Schema): Schema {
	return (allOf as Schema[]).reduce(
		(merged, part) => ({
			...merged,
			...part,
			properties: { ...(merged.properties ?? {}), ...(part.properties ?? {}) },
			required: [...((merged.required ?? []) as string[]), ...((part.required ?? []) as string[])],
		}),
		rest,
	);
}

function makeObject(schema: Schema, source: Source): Record<string, unknown> {
	const properties = (schema.properties ?? {}) as Record<string, Schema>;
	const required = (schema.required ?? []) as string[];
	const optional = source.depth < MAX_OPTIONAL_DEPTH ? Object.keys(properties) : [];
	const names = [...new Set([...optional, ...required])];
	return Object.fromEntries(
		names.map((name) => [
			name,
			make(properties[name] ?? {}, { ...source, depth: source.depth + 1 }, name),
		]),
	);
}

function makeArray(schema: Schema, source: Source, name: string): unknown[] {
	const items = (schema.items ?? {}) as Schema;
	const fewest = Number(schema.minItems ?? (source.depth < MAX_OPTIONAL_DEPTH ? 1 : 0));
	const most = Number(schema.maxItems ?? Infinity);
	if (Array.isArray(items.enum)) {
		const mentioned = items.enum.filter((value) => mentions(source.text, value) > 0);
		const others = items.enum.filter((value) => !mentioned.includes(value));
		const missing = Math.max(0, fewest - mentioned.length);
		return [...mentioned, ...others.slice(others.length - missing)].slice(0, most);
	}
	const inside = { ...source, depth: source.depth + 1 };
	return Array.from({ length: Math.min(fewest, most) }, () => make(items, inside, name));
}

/** The value that occurs most often in the text; the last value if none does. */
function mostMentioned(values: unknown[], text: string): unknown {
	const byMentions = [...values].sort((a, b) => mentions(text, b) - mentions(text, a));
	return mentions(text, byMentions[0]) > 0 ? byMentions[0] : values[values.length - 1];
}

function mentions(text: string, value: unknown): number {
	if (typeof value !== 'string' || value === '') return 0;
	return text.toLowerCase().split(value.toLowerCase()).length - 1;
}

function makeNumber(schema: Schema, text: string): number {
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf = 1 } = schema;
	const step = Number(multipleOf);
	const lowest = Number(minimum ?? exclusiveMinimum ?? 0);
	const highest = Number(maximum ?? exclusiveMaximum ?? 0);
	const candidates = [
		...(text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number),
		0,
		lowest,
		highest,
		Math.ceil(lowest / step) * step,
		Math.floor(lowest / step) * step + step,
		Math.floor(highest / step) * step,
		Math.ceil(highest / step) * step - step,
		(lowest + highest) / 2,
	];
	const isBound = ([name, value]: [string, unknown]) =>
		name === 'type' || typeof value === 'number';
	const bounds = Object.fromEntries(Object.entries(schema).filter(isBound));
	const fits = ajv.compile(bounds);
	// Each schema comes once, and Ajv would keep it for as long as the sandbox runs.
	ajv.removeSchema(bounds);
	return candidates.find((candidate) => fits(candidate)) ?? 0;
}

/** By `format`: a pattern of such values in a text, and a default. */
const STRING_FORMATS: Record<string, { seen: RegExp; sample: string }> = {
	date: { seen: /\b\d{4}-\d{2}-\d{2}\b/, sample: '2026-01-01' },
	'date-time': {
		seen: /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/,
		sample: '2026-01-01T00:00:00Z',
	},
	time: { seen: /\b\d{2}:\d{2}:\d{2}Z/, sample: '00:00:00Z' },
	email: { seen: /[\w.+-]+@[\w-]+(\.[\w-]+)+/, sample: 'someone@example.com' },
	uri: { seen: /https?:\/\/[\w./?#=&%-]+\w/, sample: 'https://example.com/' },
	uuid: {
		seen: /\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/i,
		sample: '00000000-0000-4000-8000-000000000000',
	},
};

function makeText(schema: Schema, text: string, name: string): string {
	const named = namedText(name, text);
	if (named !== undefined) return named;
	const format = STRING_FORMATS[String(schema.format)];
	if (format) return format.seen.exec(text)?.[0] ?? format.sample;
	const sentence = firstSentence(text);
	const words = text.split(/[\s,;"']+/);
	const pattern = new RegExp(String(schema.pattern ?? ''));
	const fitting = [sentence, ...words].find((candidate) => pattern.test(candidate)) ?? sentence;
	const longest = Number(schema.maxLength ?? fitting.length);
	return fitting.slice(0, longest).padEnd(Number(schema.minLength ?? 0), '.');
}

/** The text for properties with a telling name, e.g. `title`. */
function namedText(name: string, text: string): string | undefined {
	if (/language/i.test(name)) return languageIn(text);
	return /^(text|word|phrase|sentence)$/i.test(name) ? quotedIn(text) : undefined;
}
