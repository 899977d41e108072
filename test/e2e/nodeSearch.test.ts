/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodexData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { installedN8n } from '../../harness/n8nInstall';
import { REPOSITORY } from '../../harness/packedPackage';
import { AimlApi } from '../../nodes/AimlApi/AimlApi.node';
import { EmbeddingsAimlApi } from '../../nodes/EmbeddingsAimlApi/EmbeddingsAimlApi.node';
import { LmChatAimlApi } from '../../nodes/LmChatAimlApi/LmChatAimlApi.node';
import { name as packageName } from '../../package.json';
import { MORE_TASKS, OTHER_NODES, OUR_NAMES, TASKS } from './support/searchPhrases';

jest.setTimeout(900_000);

/** n8n's search behind its AI builder and MCP; `limit` is 20 there. */
interface SearchEngine {
	searchByName(query: string, limit?: number): Array<{ name: string; displayName: string }>;
}

let engine: SearchEngine;

beforeAll(async () => {
	const { program } = await installedN8n();
	const modules = join(program, '../../..');
	const { NodeSearchEngine } = jest.requireActual<{
		NodeSearchEngine: new (types: INodeTypeDescription[]) => SearchEngine;
	}>(join(modules, '@n8n/ai-utilities/dist/cjs/node-catalog/index.js'));
	engine = new NodeSearchEngine([
		...typesOf(modules, 'n8n-nodes-base'),
		...typesOf(modules, '@n8n/n8n-nodes-langchain'),
		...ourTypes(),
	]);
});

const typesOf = (modules: string, owner: string): INodeTypeDescription[] =>
	readJson<INodeTypeDescription[]>(join(modules, owner, 'dist/types/nodes.json'))
		.filter(({ hidden }) => !hidden)
		.map((type) => ({ ...type, name: `${owner}.${type.name}` }));

const ourTypes = (): INodeTypeDescription[] =>
	Object.entries({ AimlApi, EmbeddingsAimlApi, LmChatAimlApi }).map(([folder, Node]) => {
		const { description } = new Node() as INodeType;
		const codex = readJson<CodexData>(join(REPOSITORY, 'nodes', folder, `${folder}.node.json`));
		return { ...description, codex, name: `${packageName}.${description.name}` };
	});

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** From 1; `undefined` where the node is not among the first 20. */
const rankOf = (query: string): number | undefined => {
	const names = engine.searchByName(query).map(({ name }) => name);
	return names.indexOf(`${packageName}.aimlApi`) + 1 || undefined;
};

const amongFirst = (limit: number, phrases: string[]): string[] =>
	phrases.filter((phrase) => (rankOf(phrase) ?? Infinity) <= limit);

describe("the search of n8n's AI builder and MCP", () => {
	test.each(OUR_NAMES)(
		`the search of n8n's AI builder and MCP finds the node first for its name "%s"`,
		(query) => {
			expect(rankOf(query)).toBe(1);
		},
	);

	test("the search of n8n's AI builder and MCP finds the node for every task, and among the first three for most", () => {
		expect(amongFirst(3, TASKS).length).toBeGreaterThanOrEqual(20);
		expect(TASKS.filter((phrase) => !rankOf(phrase))).toEqual([]);
	});

	test("the search of n8n's AI builder and MCP finds the node for tasks in other words, among the first three for nine in ten", () => {
		expect(amongFirst(3, MORE_TASKS).length).toBeGreaterThanOrEqual(MORE_TASKS.length * 0.9);
		expect(MORE_TASKS.filter((phrase) => !rankOf(phrase))).toEqual([]);
	});

	test.each(OTHER_NODES)(
		`the search of n8n's AI builder and MCP leaves the first place for "%s" to %s`,
		(query, displayName) => {
			expect(engine.searchByName(query)[0].displayName).toBe(displayName);
		},
	);
});
