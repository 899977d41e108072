/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Disposables } from '../../harness/disposables';
import { demoCredential } from '../../harness/demoContent';
import type { N8nRest } from '../../harness/n8nRest';
import { REPOSITORY } from '../../harness/packedPackage';
import { preparedN8n } from '../../harness/preparedN8n';
import { byId } from '../../harness/workflows/workflow';
import { startSandbox, type DocumentedModel, type Sandbox } from '../../sandbox';
import { markdownTable } from '../../test/simulation/markdown';
import { FLOOR_SETTINGS } from '../candidates';
import { summarize, toText } from '../statistics';
import type { Section } from './section';

const ROUNDS = 5;
const SIZES = [600, 20_000];
/** Of n8n, for `N8N_EXPRESSION_ENGINE`. */
const ENGINES = ['vm', 'legacy'];
const MODEL = 'openai/gpt-4o';

const requestFor = (credential: string, model: object) => ({
	nodeTypeAndVersion: { name: 'n8n-nodes-aimlapi-models.aimlApi', version: 1 },
	currentNodeParameters: {
		resource: 'chat',
		operation: 'complete',
		model: { __rl: true, ...model },
	},
	credentials: { aimlApi: { id: credential, name: credential } },
});

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

async function searchModels(rest: N8nRest, credential: string, more: object = {}): Promise<void> {
	const { results } = await rest.request<{ results: unknown[] }>(
		'POST',
		'/rest/dynamic-node-parameters/resource-locator-results',
		{
			...requestFor(credential, { mode: 'list', value: '' }),
			path: 'parameters.model',
			methodName: 'searchModels',
			...more,
		},
	);
	if (results.length === 0) throw new Error('The picker offers nothing');
}

/** A list with one entry, from a node that does nothing else: the time that n8n itself takes. */
const FLOOR = {
	nodeTypeAndVersion: { name: 'CUSTOM.engineFloor', version: 1 },
	methodName: 'searchOne',
};

const getParameters = async (rest: N8nRest, credential: string) =>
	await rest.request('POST', '/rest/dynamic-node-parameters/resource-mapper-fields', {
		...requestFor(credential, byId(MODEL)),
		path: 'parameters.modelParameters',
		methodName: 'getModelParameters',
	});

/** Invented chat models that share one document. */
async function createModels(count: number): Promise<DocumentedModel[]> {
	const file = join(REPOSITORY, 'sandbox/models/documents/chat-gpt-4o-mini.json');
	const document = JSON.parse(await readFile(file, 'utf8')) as DocumentedModel['document'];
	return Array.from({ length: count }, (_, index) => ({
		id: `vendor-${index % 40}/model-${index}`,
		endpoint: '/v1/chat/completions',
		document,
	}));
}

const credentialOf = (size: number, round: number): string =>
	`picker${String(size).padStart(8, '0')}${String(round).padStart(2, '0')}`;

/** Starts an API for each size and round, since n8n's process caches the catalog of each. */
async function startApis(started: Disposables): Promise<Map<string, Sandbox>> {
	const apis = new Map<string, Sandbox>();
	for (const size of SIZES) {
		const specs = await createModels(size);
		for (let round = 0; round < ROUNDS; round++) {
			const api = await startSandbox({ specs, listVariants: false });
			started.add(async () => await api.close());
			apis.set(credentialOf(size, round), api);
		}
	}
	return apis;
}

async function measureCatalog(rest: N8nRest, size: number): Promise<string[]> {
	const times: number[][] = [[], [], [], [], []];
	for (let round = 0; round < ROUNDS; round++) {
		const credential = credentialOf(size, round);
		const works = [
			async () => await searchModels(rest, credential),
			async () => await searchModels(rest, credential),
			async () => await searchModels(rest, credential, FLOOR),
			async () => await searchModels(rest, credential, { filter: 'model-1' }),
			async () => await getParameters(rest, credential),
		];
		for (const [index, work] of works.entries()) times[index].push(await millisecondsOf(work));
	}
	return [String(size), ...times.map((each) => toText(summarize(each)))];
}

/** A row for each number of models, with one of n8n's expression engines. */
async function measureEngine(engine: string): Promise<string[][]> {
	const started = new Disposables();
	try {
		const apis = await startApis(started);
		const credentials = [...apis].map(([id, api]) => ({ ...demoCredential(api), id, name: id }));
		const settings = { ...FLOOR_SETTINGS, N8N_EXPRESSION_ENGINE: engine };
		const n8n = await preparedN8n([], {}, credentials, settings);
		started.add(n8n.end);
		const { rest } = await n8n.start();
		await searchModels(rest, 'aimlapiDemo');
		await searchModels(rest, 'aimlapiDemo', FLOOR);
		await getParameters(rest, 'aimlapiDemo');
		const rows: string[][] = [];
		for (const size of SIZES) rows.push([engine, ...(await measureCatalog(rest, size))]);
		return rows;
	} finally {
		await started.disposeAll();
	}
}

async function measure(): Promise<string> {
	const rows: string[][] = [];
	for (const engine of ENGINES) rows.push(...(await measureEngine(engine)));
	return [
		markdownTable([
			[
				'expression engine',
				'models',
				'model list, cold, ms',
				'warm, ms',
				'a list of one entry, ms',
				'with a search, ms',
				'parameters of a model, ms',
			],
			...rows,
		]),
		`Requests of the editor to the real n8n; medians of ${ROUNDS}. Target: under 100 ms for a warm model list of 20,000 models. The list of one entry is what n8n itself takes: with \`vm\`, the default of \`N8N_EXPRESSION_ENGINE\` in n8n 2.41, it creates an isolate for each request; with \`legacy\`, the default before, it does not. A cold list includes the request to the API, here a local sandbox; the parameters include the request for the model's document.`,
	].join('\n\n');
}

/** How long a person waits for the fields of a node. */
export const editor: Section = { name: 'editor', title: 'In the editor', measure };
