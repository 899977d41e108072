/** What of n8n's context names a request. */
export interface RequestOrigin {
	getWorkflow(): { id?: string };
	getExecutionId(): string;
	getNode(): { id: string; name: string };
}

/** The API's limit. */
const MAX_LENGTH = 128;

/**
 * The `X-Client-Request-Id` of a request that the user gave none: `n8n`, workflow, execution, node and
 * item, by which the API's log tells what a workflow or a node spent. In the characters and length that
 * the API accepts; it drops any other ID without a word.
 */
export function defaultRequestId(context: RequestOrigin, itemIndex: number): string {
	const { id, name } = context.getNode();
	const start = ['n8n', context.getWorkflow().id ?? '', context.getExecutionId()].map(toAccepted);
	const item = String(itemIndex);
	const room = MAX_LENGTH - [...start, '', item].join(':').length;
	const node = (toAccepted(name) || toAccepted(id)).slice(0, Math.max(0, room));
	return [...start, node, item].join(':').slice(0, MAX_LENGTH);
}

/** Without accents and colons; a hyphen for each run of other characters. */
const toAccepted = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^A-Za-z0-9._-]+/g, '-')
		.replace(/^-|-$/g, '');
