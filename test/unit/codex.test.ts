/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { AimlApi } from '../../nodes/AimlApi/AimlApi.node';
import { EmbeddingsAimlApi } from '../../nodes/EmbeddingsAimlApi/EmbeddingsAimlApi.node';
import { LmChatAimlApi } from '../../nodes/LmChatAimlApi/LmChatAimlApi.node';
import { name as packageName } from '../../package.json';

interface Codex {
	node: string;
	categories: string[];
	subcategories: Record<string, string[]>;
	alias: string[];
}

const codexOf = (node: string): Codex =>
	JSON.parse(
		readFileSync(join(__dirname, '../../nodes', node, `${node}.node.json`), 'utf8'),
	) as Codex;

const nodes: Array<[string, INodeType]> = [
	['AimlApi', new AimlApi()],
	['EmbeddingsAimlApi', new EmbeddingsAimlApi()],
	['LmChatAimlApi', new LmChatAimlApi()],
];

describe.each(nodes)('the codex of %s', (folder, { description }) => {
	const codex = codexOf(folder);

	test('a codex names the node type by the name of the package', () => {
		expect(codex.node).toBe(`${packageName}.${description.name}`);
	});

	test('a codex lists each alias once, whatever its case', () => {
		const aliases = codex.alias.map((alias) => alias.toLowerCase());
		expect(aliases).toEqual([...new Set(aliases)]);
	});

	test('a codex points hints for AI builders at nodes of this package', () => {
		const related = description.builderHint?.relatedNodes?.map(({ nodeType }) => nodeType) ?? [];
		const ours = nodes.map(([, node]) => `${packageName}.${node.description.name}`);
		expect(ours).toEqual(expect.arrayContaining(related));
	});
});

test('the node is a root node in the AI category, since n8n hides others from its usual search', () => {
	expect(codexOf('AimlApi').categories).toEqual(['AI']);
	expect(codexOf('AimlApi').subcategories.AI).toContain('Root Nodes');
});

test('the codex is not in the category Tools, since n8n would let a model define every field of the ordinary node', () => {
	expect(codexOf('AimlApi').subcategories.AI).not.toContain('Tools');
	expect(new AimlApi().description.usableAsTool).toBeTruthy();
});
