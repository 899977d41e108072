import * as workflow from 'n8n-workflow';

/** n8n's connection types, which have another name before n8n 1.85. */
export const NodeConnectionTypes =
	workflow.NodeConnectionTypes ??
	(workflow as unknown as { NodeConnectionType: typeof workflow.NodeConnectionTypes })
		.NodeConnectionType;
