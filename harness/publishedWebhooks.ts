import { until } from './until';
import type { Workflow, WorkflowNode } from './workflows/workflow';

interface Webhook {
	path: string;
	method: string;
}

/**
 * Waits until n8n has registered the webhooks of published workflows, which it does some time after it is
 * ready. An OPTIONS request returns the methods of a webhook without running it.
 *
 * @throws UserFacingError if they are not registered in time
 */
export async function publishedWebhooks(url: string, workflows: Workflow[]): Promise<void> {
	const webhooks = workflows.flatMap(({ nodes }) => nodes.flatMap(webhookOf));
	const headers = { origin: url };
	for (const { path, method } of webhooks) {
		await until(`the webhook ${path} to be registered`, async () => {
			const answer = await fetch(`${url}/webhook/${path}`, { method: 'OPTIONS', headers });
			const methods = answer.headers.get('access-control-allow-methods') ?? '';
			return methods.split(', ').includes(method);
		});
	}
}

function webhookOf({ type, parameters, webhookId }: WorkflowNode): Webhook[] {
	if (type.endsWith('.chatTrigger')) {
		return parameters.public ? [{ path: `${webhookId}/chat`, method: 'POST' }] : [];
	}
	if (!type.endsWith('.webhook')) return [];
	return [{ path: String(parameters.path), method: String(parameters.httpMethod ?? 'GET') }];
}
