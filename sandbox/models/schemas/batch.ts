import type { OpenApiDocument } from '../../schema/openapi';

/**
 * The request of /v1/batches. Whether each request fits its model is found out when it runs. The
 * top-level `model` stands in the documentation and means nothing.
 */
export const batchDocument: OpenApiDocument = {
	openapi: '3.0.0',
	paths: {
		'/v1/batches': {
			post: {
				requestBody: {
					content: {
						'application/json': {
							schema: {
								type: 'object',
								properties: {
									model: { type: 'string' },
									requests: {
										type: 'array',
										minItems: 1,
										maxItems: 100_000,
										items: {
											type: 'object',
											properties: {
												custom_id: { type: 'string', minLength: 1 },
												params: {
													type: 'object',
													properties: {
														model: { type: 'string' },
														messages: { type: 'array', items: { type: 'object' } },
													},
													required: ['model', 'messages'],
												},
											},
											required: ['custom_id', 'params'],
											additionalProperties: false,
										},
									},
								},
								required: ['requests'],
							},
						},
					},
				},
			},
		},
	},
};
