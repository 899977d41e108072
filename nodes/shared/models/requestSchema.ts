import { isRecord } from '../json';
import { dereference } from '../schema/dereference';
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
 * @param path the endpoint, e.g. `/v1/chat/completions`. If the document uses another prefix, or
 * describes a single request that belongs to no other endpoint, that request is used.
 * @returns the schema with `$ref`s resolved and top-level alternatives merged; `undefined` if it
 * describes no body
 */
export function parseRequestSchema(document: unknown, path: string): ObjectSchema | undefined {
	const root = isRecord(document) && isRecord(document.data) ? document.data : document;
	const operation = findPost(root, path);
	const content = isRecord(operation?.requestBody) ? operation.requestBody.content : undefined;
	if (!isRecord(content)) return undefined;

	const media = content['application/json'] ?? Object.values(content)[0];
	if (!isRecord(media) || !isRecord(media.schema)) return undefined;
	return flatten(sanitizeSchema(dereference(media.schema as JsonSchema, root)));
}

function findPost(root: unknown, path: string): Record<string, unknown> | undefined {
	if (!isRecord(root) || !isRecord(root.paths)) return undefined;
	const posts = Object.entries(root.paths).flatMap(([name, methods]) =>
		isRecord(methods) && isRecord(methods.post) ? [{ name, post: methods.post }] : [],
	);
	const found =
		posts.find(({ name }) => name === path) ??
		posts.find(({ name }) => path.endsWith(name)) ??
		(posts.length === 1 && !belongsToOtherModel(path, posts[0].name) ? posts[0] : undefined);
	return found?.post;
}

/** Whether a path, ignoring its prefix, belongs to another endpoint than `path`. */
function belongsToOtherModel(path: string, name: string): boolean {
	const named = endpointsNamed([name]);
	return named.length > 0 && !named.some((endpoint) => endpoint.path === path);
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
