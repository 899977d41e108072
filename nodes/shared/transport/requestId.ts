/** The part of n8n's context that identifies a request. */
export interface RequestOrigin {
	getWorkflow(): { id?: string };
	getExecutionId(): string;
	getNode(): { id: string; name: string };
}

/** The API's limit. */
const MAX_LENGTH = 128;

/**
 * The `X-Client-Request-Id` of a request if the user sets none: `n8n`, workflow, execution, node and item,
 * so that the API's log shows what a workflow or a node spent. Only of characters and a length that the API
 * accepts, since it silently drops any other ID.
 */
export function defaultRequestId(context: RequestOrigin, itemIndex: number): string {
	const { id, name } = context.getNode();
	const start = ['n8n', context.getWorkflow().id ?? '', context.getExecutionId()].map(toAccepted);
	const room = MAX_LENGTH - [...start, '', itemIndex].join(':').length;
	const node = (toAccepted(name) || toAccepted(id)).slice(0, Math.max(0, room));
	return [...start, node, itemIndex].join(':').slice(0, MAX_LENGTH);
}

/** Removes accents, and replaces each run of other characters that aren't accepted with a hyphen. */
const toAccepted = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^A-Za-z0-9._-]+/g, '-')
		.replace(/^-|-$/g, '');
