import { ENDPOINTS } from '../nodes/shared/models/endpoints';
import { isRecord } from '../nodes/shared/json';

/** An OpenAPI document that describes the request to one endpoint, and nothing else. */
export interface RequestDocument {
	/** Path of the endpoint, e.g. `/v1/chat/completions`. */
	endpoint: string;
	document: Record<string, unknown>;
}

/**
 * Takes an OpenAPI document apart into one for each POST request with a body.
 *
 * @param answer the parsed document, bare or in a `data` envelope
 * @throws Error that says what is wrong with the document
 */
export function toRequestDocuments(answer: unknown): RequestDocument[] {
	const root = isRecord(answer) && isRecord(answer.data) ? answer.data : answer;
	if (!isRecord(root) || !isRecord(root.paths)) throw new Error('it is no OpenAPI document');
	const lost = lostReference(root, root);
	if (lost) throw new Error(`its reference ${lost} leads nowhere`);

	const { paths, ...rest } = root;
	const documents = Object.entries(paths as object).flatMap(([path, methods]) => {
		const post: unknown = isRecord(methods) ? methods.post : undefined;
		if (!hasBody(post)) return [];
		const endpoint = endpointOf(path);
		return [{ endpoint, document: { ...rest, paths: { [endpoint]: { post } } } }];
	});
	if (!documents.length) throw new Error('it describes no request body');
	return documents;
}

function hasBody(post: unknown): boolean {
	const body = isRecord(post) ? post.requestBody : undefined;
	const [content] = isRecord(body) && isRecord(body.content) ? Object.values(body.content) : [];
	return isRecord(content) && isRecord(content.schema);
}

/** Our path for an endpoint that a document names without its version, e.g. `/chat/completions`. */
const endpointOf = (path: string): string =>
	ENDPOINTS.find((endpoint) => endpoint.path.endsWith(path))?.path ?? path;

/** The first `$ref` to a part of the document that it does not have. */
function lostReference(part: unknown, root: unknown): string | undefined {
	if (Array.isArray(part)) return firstLost(part, root);
	if (!isRecord(part)) return undefined;
	const { $ref } = part;
	if (typeof $ref === 'string' && resolveReference($ref, root) === undefined) return $ref;
	return firstLost(Object.values(part), root);
}

function firstLost(parts: unknown[], root: unknown): string | undefined {
	for (const part of parts) {
		const lost = lostReference(part, root);
		if (lost) return lost;
	}
	return undefined;
}

const resolveReference = (reference: string, root: unknown): unknown =>
	reference
		.replace(/^#\//, '')
		.split('/')
		.map((name) => name.replace(/~1/g, '/').replace(/~0/g, '~'))
		.reduce<unknown>((part, name) => (isRecord(part) ? part[name] : undefined), root);
