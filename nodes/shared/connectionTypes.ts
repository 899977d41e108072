import * as workflow from 'n8n-workflow';

/** n8n's connection types; below n8n 1.85 they have another name, without which nothing would load. */
export const NodeConnectionTypes =
	workflow.NodeConnectionTypes ??
	(workflow as unknown as { NodeConnectionType: typeof workflow.NodeConnectionTypes })
		.NodeConnectionType;
