import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { normalizeHost } from '../catalogue/host';
import type { PreparedRequest } from '../../AimlApi/run/itemContext';
import type { RunState } from '../../AimlApi/run/runState';

/**
 * The request that the node's routing prepared, at the host that the credential names. The routing
 * itself knows the API's own host only: n8n evaluates an expression there twice for every item while
 * nothing else can run, so for thousands of items the credential is read here, once for all.
 */
export async function toCredentialsHost(
	engine: IExecutePaginationFunctions,
	prepared: PreparedRequest,
	state: RunState,
): Promise<PreparedRequest> {
	const baseURL = await (state.host ??= readHost(engine));
	const { allowedDomains } = prepared;
	return {
		...prepared,
		baseURL,
		// As n8n does it for a host in the routing: the credential's own joins those it allows.
		...(allowedDomains && { allowedDomains: `${new URL(baseURL).hostname}, ${allowedDomains}` }),
	};
}

async function readHost(engine: IExecutePaginationFunctions): Promise<string> {
	const { url } = await engine.getCredentials<{ url: string }>('aimlApi');
	return normalizeHost(url);
}
