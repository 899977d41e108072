import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** As the nodes do it: `http` on the user's own machine or network, otherwise `https`. */
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
			description: 'Only change this to use your own proxy',
		},
	];

	/** A function rather than an expression, since it runs for every request. */
	async authenticate(
		{ apiKey }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const headers = { ...request.headers, Authorization: `Bearer ${String(apiKey).trim()}` };
		return { ...request, headers };
	}

	/** The model catalogue answers any key, so only an account endpoint shows that the key is right. */
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
