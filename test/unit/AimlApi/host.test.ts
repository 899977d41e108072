import { useSandbox } from '../../support/useSandbox';
import { chatCalls, numberedItems, runChat } from '../../engine/chatRun';

const sandbox = useSandbox();

test.each(['', '/', '/v1', '/v1/', ' '])(
	"requests go to the credential's host, even if it was pasted with %j at its end",
	async (ending) => {
		const { error } = await runChat(sandbox, {
			items: numberedItems(3),
			credential: { apiKey: sandbox.apiKey, url: `${sandbox.url}${ending}` },
		});
		expect(error).toBeUndefined();
		expect(chatCalls(sandbox)).toHaveLength(3);
	},
);

test.each([
	['to none for other nodes', { allowedHttpRequestDomains: 'none' }],
	['to other domains', { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' }],
	['to a list that is empty', { allowedHttpRequestDomains: 'domains', allowedDomains: '' }],
])('a credential that is limited %s still reaches its own host', async (_, limits) => {
	const { error } = await runChat(sandbox, {
		credential: { apiKey: sandbox.apiKey, url: sandbox.url, ...limits },
	});
	expect(error).toBeUndefined();
	expect(chatCalls(sandbox)).toHaveLength(1);
});
