/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { preparedN8n } from '../../harness/preparedN8n';
import { itemsOf } from '../../harness/runData';
import { aimlApiNode, chain, type NodePart } from '../../harness/workflows/workflow';
import { expectSuccess, useN8n } from '../support/useN8n';

jest.setTimeout(900_000);

/** Like the package on npm whose credential has the same name and a hidden `url`. */
const OTHER_PACKAGE = {
	'package.json': JSON.stringify({
		name: 'n8n-nodes-aimlapi',
		version: '2.0.3',
		n8n: {
			n8nNodesApiVersion: 1,
			credentials: ['dist/AimlApi.credentials.js'],
			nodes: ['dist/Other.node.js'],
		},
	}),
	'dist/AimlApi.credentials.js': `exports.AimlApi = class {
		name = 'aimlApi';
		displayName = 'AI/ML API of the other package';
		properties = [
			{ displayName: 'API Key', name: 'apiKey', type: 'string', default: '' },
			{ displayName: 'URL', name: 'url', type: 'hidden', default: 'https://api.aimlapi.com/v1' },
		];
		authenticate = {
			type: 'generic',
			properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
		};
	};`,
	'dist/Other.node.js': `exports.Other = class {
		description = {
			name: 'other', displayName: 'Other', group: ['transform'], version: 1, description: '',
			defaults: { name: 'Other' }, inputs: ['main'], outputs: ['main'], properties: [],
			credentials: [{ name: 'aimlApi', required: true }],
		};
		async execute() {
			const { url } = await this.getCredentials('aimlApi');
			const options = { url: url + '/models', json: true };
			const json = await this.helpers.httpRequestWithAuthentication.call(this, 'aimlApi', options);
			return [[{ json: { url, count: json.data.length } }]];
		}
	};`,
};

async function installOtherPackage(userFolder: string): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-aimlapi');
	await mkdir(join(folder, 'dist'), { recursive: true });
	for (const [name, text] of Object.entries(OTHER_PACKAGE))
		await writeFile(join(folder, name), text);
}

/** The path that each package's own form saves after the API's host, by the credential's ID. */
const PATHS = { theirs: '/v1', ours: '' };
const IDS = Object.keys(PATHS) as Array<keyof typeof PATHS>;

const workflow = (id: string, node: NodePart, credential: string) => {
	const made = chain(`${id}_${credential}`, [node]);
	for (const each of made.nodes.filter(({ type }) => type === node.type)) {
		each.credentials = { aimlApi: { id: credential, name: credential } };
	}
	return made;
};

const ourNode = aimlApiNode('Ask', { messages: { values: [{ role: 'user', content: 'Hello' }] } });
const theirNode = {
	name: 'Ask',
	type: 'n8n-nodes-aimlapi.other',
	typeVersion: 1,
	parameters: {},
};

const n8n = useN8n(async () => {
	const workflows = IDS.flatMap((credential) => [
		workflow('ourNode', ourNode, credential),
		workflow('theirNode', theirNode, credential),
	]);
	const prepared = await preparedN8n(workflows, {}, ({ apiKey, url }) =>
		IDS.map((id) => ({ id, name: id, type: 'aimlApi', data: { apiKey, url: url + PATHS[id] } })),
	);
	await installOtherPackage(prepared.userFolder);
	return prepared;
});

test.each(IDS)('the credential "%s" works in the nodes of both packages', async (id) => {
	for (const node of ['ourNode', 'theirNode']) {
		const data = expectSuccess(await n8n.rest.runWorkflow(`${node}_${id}`));
		expect(itemsOf(data, 'Ask')).toHaveLength(1);
	}
});

test("the other package's node gets the URL as it was saved, with or without its version", async () => {
	for (const id of IDS) {
		const { data } = await n8n.rest.runWorkflow(`theirNode_${id}`, 'Run');
		expect(itemsOf(data, 'Ask')).toMatchObject([{ json: { url: n8n.sandbox.url + PATHS[id] } }]);
	}
});

test('credentials of either package are tested as this package does it', async () => {
	for (const id of IDS) {
		n8n.sandbox.requestLog.clear();
		const credentials = await n8n.rest.request('GET', `/rest/credentials/${id}?includeData=true`);
		expect(await n8n.rest.request('POST', '/rest/credentials/test', { credentials })).toMatchObject(
			{
				status: 'OK',
			},
		);
		expect(n8n.sandbox.requestLog.calls.map(({ path }) => path)).toEqual(['/v2/billing']);
	}
});
