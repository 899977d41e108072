/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { REPOSITORY } from './trackedFiles';

interface Module {
	source: string;
	dependencies: Array<{ resolved: string; circular: boolean }>;
}

/** Folders of nodes/ from the lowest layer up: each may import from those before it in this list. */
const LAYERS = [
	'shared',
	'shared/schema',
	'shared/errors',
	'shared/models',
	'shared/parameters',
	'shared/transport',
	'shared/chat',
	'shared/embeddings',
	'shared/descriptions',
	'shared/methods',
	'AimlApi/descriptions',
	'AimlApi/run',
	'AimlApi/media',
	'AimlApi/resources',
	'AimlApi/methods',
	'AimlApi',
	'LmChatAimlApi/model',
	'LmChatAimlApi/sdk',
	'LmChatAimlApi/langchain',
	'LmChatAimlApi',
	'EmbeddingsAimlApi',
];
const NODES = ['AimlApi', 'EmbeddingsAimlApi', 'LmChatAimlApi'];

const modules: Module[] = JSON.parse(
	execFileSync(
		process.execPath,
		[
			join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
			...['--no-config', '--do-not-follow', 'node_modules', '--output-type', 'json'],
			...['--ts-config', 'tsconfig.json', '--ts-pre-compilation-deps'],
			...['nodes', 'sandbox', 'harness'],
		],
		{ cwd: REPOSITORY, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
	),
).modules;
const own = modules.filter(({ source }) => /^(nodes|sandbox|harness)\//.test(source));

/** The folder of a file in nodes/, two levels deep at most. */
const folderOf = (source: string): string => dirname(source).split('/').slice(1, 3).join('/');

const imports = own
	.filter(({ source }) => source.startsWith('nodes/'))
	.flatMap(({ source, dependencies }) =>
		dependencies
			.filter(({ resolved }) => resolved.startsWith('nodes/'))
			.map(({ resolved }) => ({ from: source, to: resolved })),
	);

test('every folder of nodes/ is one of the layers', () => {
	const folders = new Set(imports.flatMap(({ from, to }) => [from, to]).map(folderOf));
	expect([...folders].sort()).toEqual([...LAYERS].sort());
});

test('no folder of nodes/ imports from a higher layer', () => {
	const upward = imports.filter(
		({ from, to }) => LAYERS.indexOf(folderOf(to)) > LAYERS.indexOf(folderOf(from)),
	);
	expect(upward).toEqual([]);
});

test('no node imports from another node', () => {
	const nodeOf = (source: string) => NODES.find((node) => folderOf(source).startsWith(node));
	const across = imports.filter(
		({ from, to }) => nodeOf(from) && nodeOf(to) && nodeOf(from) !== nodeOf(to),
	);
	expect(across).toEqual([]);
});

test('no file of nodes/, sandbox/ and harness/ imports itself through others', () => {
	const circular = own
		.filter(({ dependencies }) => dependencies.some((dependency) => dependency.circular))
		.map(({ source }) => source);
	expect(circular).toEqual([]);
});

test('each file of nodes/shared/ is used by at least two nodes', () => {
	const reached = (node: string): Set<string> => {
		const seen = new Set<string>();
		const visit = (source: string) => {
			if (seen.has(source)) return;
			seen.add(source);
			for (const { from, to } of imports) if (from === source) visit(to);
		};
		for (const { source } of own) if (source.startsWith(`nodes/${node}/`)) visit(source);
		return seen;
	};
	const perNode = NODES.map(reached);
	const lonely = own
		.map(({ source }) => source)
		.filter((source) => source.startsWith('nodes/shared/') && source.endsWith('.ts'))
		.filter((source) => perNode.filter((seen) => seen.has(source)).length < 2);
	expect(lonely).toEqual([]);
});
