import { NodeOperationError, type ILoadOptionsFunctions } from 'n8n-workflow';
import { maskSecrets, secretsOf } from '../maskSecrets';
import type { FetchJson } from '../models/catalog';
import { normalizeHost } from '../transport/host';

/** The API that the selected credential points to. */
export interface EditorApi {
	host: string;
	fetchJson: FetchJson;
}

/**
 * The API client for the editor's lookups.
 *
 * @throws NodeOperationError that says how to continue without them
 */
export async function getEditorApi(editor: ILoadOptionsFunctions): Promise<EditorApi> {
	const credential = await editor.getCredentials<{ apiKey: string; url: string }>('aimlApi');
	const host = normalizeHost(credential.url);
	const unreachable = (error: Error): never => {
		throw new NodeOperationError(
			editor.getNode(),
			maskSecrets(`Couldn't load the models from ${host}`),
			{
				description: `${maskSecrets(error.message, secretsOf(credential))}. Check 'Base URL' in the credential. You can still enter a model under 'By ID'.`,
			},
		);
	};
	return {
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
