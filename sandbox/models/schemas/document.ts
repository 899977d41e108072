import type { OpenApiDocument, Schema } from '../../schema/openapi';
import type { EndpointPath } from '../model';

/** An OpenAPI document in the form the API publishes: one path, one JSON request body. */
export function requestDocument(
	path: EndpointPath,
	schema: Schema,
	schemas?: Record<string, Schema>,
): OpenApiDocument {
	return {
		openapi: '3.0.0',
		servers: [{ url: 'https://api.aimlapi.com' }],
		paths: {
			[path]: { post: { requestBody: { content: { 'application/json': { schema } } } } },
		},
		...(schemas && { components: { schemas } }),
	};
}

/** The document of a chat model with these body properties; `model` and `messages` are required. */
export const chatDocument = (properties: Record<string, Schema>): OpenApiDocument =>
	requestDocument('/v1/chat/completions', {
		type: 'object',
		properties,
		required: ['model', 'messages'],
	});
