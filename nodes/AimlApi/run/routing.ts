import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';
import type { Operation } from './operation';
import { withRunPolicy } from './runPolicy';

/**
 * How n8n routes an operation: to its endpoint, with the run policy around the request of each item.
 *
 * @param fields the operation's, to validate its options
 */
export const toRouting = (
	operation: Operation,
	fields: INodeProperties[],
): INodePropertyRouting => ({
	request: { method: operation.endpoint.method, url: operation.endpoint.path },
	send: { paginate: true },
	operations: { pagination: withRunPolicy(operation, fields) },
});
