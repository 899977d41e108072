import { isRecord } from '../json';
import { dereference, followReference } from '../schema/dereference';
import {
	alternatives,
	joinSchemas,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';
import { sanitizeSchema } from '../schema/sanitize';
import { endpointsNamed } from './endpoints';

/**
 * The schema of a model's request body, from the OpenAPI document that its catalog entry links to
 * (`info.docsJson`).
 *
 * @param document the parsed document, bare or in a `data` envelope
 * @param path the endpoint, e.g. `/v1/chat/completions`. If the document uses another prefix or name of
 * it, or describes a single request that belongs to no other endpoint, that request is used.
 * @returns the schema with `$ref`s resolved and top-level alternatives merged; `undefined` if it
 * describes no body
 */
export function parseRequestSchema(document: unknown, path: string): ObjectSchema | undefined {
	const root = isRecord(document) && isRecord(document.data) ? document.data : document;
	const body = followReference(findPost(root, path)?.requestBody, root);
	const schema = isRecord(body) && isRecord(body.content) ? findSchema(body.content) : undefined;
	const merged = schema && flatten(sanitizeSchema(dereference(schema, root)));
	return merged && omitReadOnly(merged);
}

/** The schema of the JSON content, whatever its parameters, otherwise of the first content with one. */
function findSchema(content: Record<string, unknown>): JsonSchema | undefined {
	const schemas = Object.entries(content).flatMap(([type, media]) =>
		isRecord(media) && isRecord(media.schema) ? [{ type, schema: media.schema }] : [],
	);
	return (schemas.find(({ type }) => /\bjson\b/i.test(type)) ?? schemas[0])?.schema;
}

function findPost(root: unknown, path: string): Record<string, unknown> | undefined {
	if (!isRecord(root) || !isRecord(root.paths)) return undefined;
	const posts = Object.entries(root.paths)
		.map(([name, methods]) => ({ name, methods: followReference(methods, root) }))
		.flatMap(({ name, methods }) =>
			isRecord(methods) && isRecord(methods.post)
				? [{ name, post: methods.post, paths: endpointsNamed([name]).map((one) => one.path) }]
				: [],
		)
		// The paths that lead on from an endpoint, e.g. to cancel a request, are longer than its own.
		.sort((a, b) => a.name.length - b.name.length);
	const found =
		posts.find(({ name }) => name === path) ??
		posts.find(({ paths }) => paths.includes(path)) ??
		posts.findLast(({ name }) => path.endsWith(name)) ??
		(posts.length === 1 && !posts[0].paths.length ? posts[0] : undefined);
	return found?.post;
}

/** Merges alternatives into one object schema. Required is what all of them require. */
function flatten(schema: JsonSchema): ObjectSchema | undefined {
	const { allOf = [], ...own } = schema;
	const whole = allOf.reduce<JsonSchema>(
		(joined, part) => joinSchemas(joined, flatten(part) ?? part),
		own,
	);
	const branches = alternatives(whole);
	const properties = joinProperties(branches);
	if (!Object.keys(properties).length) return undefined;
	const required = branches
		.map((branch) => branch.required ?? [])
		.reduce((common, names) => common.filter((name) => names.includes(name)));
	return { ...branches[0], properties, required };
}

/** Without the properties that only responses have. */
function omitReadOnly(schema: ObjectSchema): ObjectSchema {
	const isSent = (name: string) => schema.properties[name]?.readOnly !== true;
	const sent = Object.entries(schema.properties).filter(([name]) => isSent(name));
	const required = schema.required.filter(isSent);
	return { ...schema, properties: Object.fromEntries(sent), required };
}

/** The properties of all alternatives. If they differ, a property accepts what any of them accepts. */
function joinProperties(branches: JsonSchema[]): Record<string, JsonSchema> {
	const described = new Map<string, Map<string, JsonSchema>>();
	for (const [name, property] of branches.flatMap((branch) =>
		Object.entries(branch.properties ?? {}),
	)) {
		const forms = described.get(name) ?? new Map<string, JsonSchema>();
		described.set(name, forms.set(JSON.stringify(property), property));
	}
	return Object.fromEntries(
		[...described].map(([name, forms]) => {
			const anyOf = [...forms.values()];
			return [name, anyOf.length === 1 ? anyOf[0] : { anyOf }];
		}),
	);
}
