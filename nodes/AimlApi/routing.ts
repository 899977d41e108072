import type { INodePropertyRouting } from 'n8n-workflow';
import type { Operation } from './run/operation';
import { underRunPolicy } from './run/runPolicy';

/** How n8n routes an operation: to its endpoint, with the run policy around the request of each item. */
export const routeTo = (operation: Operation): INodePropertyRouting => ({
	request: { method: operation.endpoint.method, url: operation.endpoint.path },
	send: { paginate: true },
	operations: { pagination: underRunPolicy(operation) },
});
