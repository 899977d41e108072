import { ENDPOINTS } from '../nodes/shared/models/endpoints';
import { isRecord } from '../nodes/shared/json';
import { UnusableError } from './fetchJson';

/** An OpenAPI document that describes only the request to one endpoint. */
export interface RequestDocument {
	/** Path of the endpoint, e.g. `/v1/chat/completions`. */
	endpoint: string;
	document: Record<string, unknown>;
}

/**
 * Splits an OpenAPI document into one for each POST request with a body.
 *
 * @param answer the parsed document, possibly in a `data` envelope
 * @throws UnusableError that says what is wrong with the document
 */
export function toRequestDocuments(answer: unknown): RequestDocument[] {
	const root = isRecord(answer) && isRecord(answer.data) ? answer.data : answer;
	if (!isRecord(root) || !isRecord(root.paths))
		throw new UnusableError('it is not an OpenAPI document');
	const lost = lostReference(root, root);
	if (lost) throw new UnusableError(`its reference ${lost} leads nowhere`);

	const { paths, ...rest } = root;
	const documents = Object.entries(paths as object).flatMap(([path, methods]) => {
		const post: unknown = isRecord(methods) ? methods.post : undefined;
		if (!hasBody(post)) return [];
		const endpoint = endpointOf(path);
		return [{ endpoint, document: { ...rest, paths: { [endpoint]: { post } } } }];
	});
	if (!documents.length) throw new UnusableError('it describes no request body');
	return documents;
}

function hasBody(post: unknown): boolean {
	const body = isRecord(post) ? post.requestBody : undefined;
	const [content] = isRecord(body) && isRecord(body.content) ? Object.values(body.content) : [];
	return isRecord(content) && isRecord(content.schema);
}

/** The full path of an endpoint, even if a document omits its version, e.g. `/chat/completions`. */
const endpointOf = (path: string): string =>
	ENDPOINTS.find((endpoint) => endpoint.path.endsWith(path))?.path ?? path;

/** The first `$ref` whose target the document doesn't have. */
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
