import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** Adds a missing scheme like the nodes: `http` on the user's own machine or network, otherwise `https`. */
const ADD_SCHEME = [
	'.replace(/^(?=(localhost|127\\.|10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|\\[::1\\])[\\d.]*(:\\d+)?(\\/|$))/i, "http://")',
	'.replace(/^(?!https?:)/i, "https://")',
].join('');

export class AimlApi implements ICredentialType {
	name = 'aimlApi';

	displayName = 'AI/ML API';

	icon = {
		light: 'file:../icons/aimlapi.svg',
		dark: 'file:../icons/aimlapi.dark.svg',
	} as const;

	documentationUrl = 'https://docs.aimlapi.com/quickstart/setting-up';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'Get your key at <a href="https://aimlapi.com/app/keys" target="_blank">aimlapi.com/app/keys</a>',
		},
		{
			displayName: 'Base URL',
			name: 'url',
			type: 'string',
			required: true,
			default: 'https://api.aimlapi.com',
			// n8n shows only the code of a failed connection, which the rules of the test can't explain.
			description:
				'Only change this to use your own proxy. If the test fails with a code such as ECONNREFUSED, ENOTFOUND or ERR_INVALID_URL, check this address.',
		},
	];

	/**
	 * A function, since it runs for every request and an expression would be slower. The key may have been
	 * pasted with `Bearer`, as in the API's examples.
	 */
	async authenticate(
		{ apiKey }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const key = String(apiKey)
			.trim()
			.replace(/^Bearer\s+/i, '');
		const headers = { ...request.headers, Authorization: `Bearer ${key}` };
		return { ...request, headers };
	}

	/** The model catalog accepts any key, so only an account endpoint shows whether the key is valid. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.url.trim()${ADD_SCHEME}.replace(/(\\/(v\\d+)?)+$/, "") }}`,
			url: '/v2/billing',
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: "The API key isn't valid. Copy it again from aimlapi.com/app/keys.",
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						"The API key isn't allowed to read the balance. Check its scopes at aimlapi.com/app/keys.",
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: "There is no AI/ML API at this address. Check 'Base URL'.",
				},
			},
		],
	};
}
