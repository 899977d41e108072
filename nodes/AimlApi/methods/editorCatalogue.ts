import { NodeOperationError, type ILoadOptionsFunctions } from 'n8n-workflow';
import type { FetchJson } from '../../shared/catalogue/catalogue';
import { normalizeHost } from '../../shared/catalogue/host';
import type { Operation } from '../../shared/run/operation';
import { operationOf } from '../operations';

/** The operation chosen in the editor; `undefined` for one that asks no model. */
export const currentOperation = (editor: ILoadOptionsFunctions): Operation | undefined =>
	operationOf(
		String(editor.getCurrentNodeParameter('resource')),
		String(editor.getCurrentNodeParameter('operation')),
	);

/** What the editor's look-ups work with: the chosen operation, and the API behind the credential. */
export async function editorCatalogue(editor: ILoadOptionsFunctions): Promise<{
	operation?: Operation;
	host: string;
	fetchJson: FetchJson;
}> {
	const { url } = await editor.getCredentials<{ url: string }>('aimlApi');
	const host = normalizeHost(url);
	const unreachable = (error: Error): never => {
		throw new NodeOperationError(
			editor.getNode(),
			`The list of models at ${host} can't be loaded`,
			{
				description: `${error.message}. Check the host in the credential. You can still enter a model under 'By ID'.`,
			},
		);
	};
	return {
		operation: currentOperation(editor),
		host,
		fetchJson: async (path) =>
			await editor.helpers.httpRequestWithAuthentication
				.call(editor, 'aimlApi', {
					baseURL: host,
					url: path,
					json: true,
					timeout: 15_000,
					sendCredentialsOnCrossOriginRedirect: false,
				})
				.catch(unreachable),
	};
}
