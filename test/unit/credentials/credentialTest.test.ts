import { Expression } from 'n8n-workflow';
import { AimlApi } from '../../../credentials/AimlApi.credentials';
import { normalizeHost } from '../../../nodes/shared/transport/host';

test.each([
	'https://api.aimlapi.com',
	' https://api.aimlapi.com/v1/ ',
	'api.aimlapi.com',
	'api.aimlapi.com/v1',
	'localhost:4010/v1',
	'127.0.0.1:9981',
	'192.168.1.20',
	'172.16.0.1:8080',
	'[::1]:4010',
	'10.example.com',
	'gateway.example.com/aiml',
	'http://localhost:4010',
])(
	'the credential test sends its request to the same host as the nodes for the base URL %p',
	(url) => {
		const { baseURL } = new AimlApi().test.request;
		const asked = Expression.resolveWithoutWorkflow(baseURL!.slice(1), { $credentials: { url } });
		expect(asked).toBe(normalizeHost(url));
	},
);

test.each(['key-1', ' key-1 ', 'Bearer key-1', 'bearer  key-1\n'])(
	'the API key %j is sent as a bearer token',
	async (apiKey) => {
		const request = { url: '/v2/billing', headers: { accept: 'application/json' } };
		expect(await new AimlApi().authenticate({ apiKey }, request)).toEqual({
			url: '/v2/billing',
			headers: { accept: 'application/json', Authorization: 'Bearer key-1' },
		});
	},
);
