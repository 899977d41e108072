/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';
import ts from 'typescript';

/** Keys of n8n's descriptions whose text a person reads. */
const SHOWN = ['displayName', 'description', 'hint', 'placeholder', 'action', 'name', 'message'];

/** All words that the editor shows of a node. */
export function wordsOfNode({ description }: INodeType): string[] {
	const { displayName, description: about, builderHint, usableAsTool, properties } = description;
	return [displayName, about, ...textsIn({ builderHint, usableAsTool }), ...wordsOf(properties)];
}

/** All words that the editor shows of a credential. */
export const wordsOfCredential = ({ displayName, properties, test }: ICredentialType): string[] => [
	displayName,
	...wordsOf(properties),
	...textsIn({ test }).filter((text) => text.includes(' ') && !text.startsWith('=')),
];

const wordsOf = (properties: INodeProperties[]): string[] => {
	const isField = (holder: object): boolean => 'displayName' in holder;
	const visit = (holder: unknown): string[] => {
		if (Array.isArray(holder)) return holder.flatMap(visit);
		if (typeof holder !== 'object' || holder === null) return [];
		const own = SHOWN.filter((key) => !(key === 'name' && isField(holder)))
			.map((key) => Object(holder)[key] as unknown)
			.filter((text): text is string => typeof text === 'string' && text !== '');
		const { options, values, modes } = holder as Record<string, unknown>;
		return [...own, ...[options, values, modes].flatMap(visit)];
	};
	return properties.flatMap(visit);
};

const textsIn = (value: unknown): string[] => {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** Sentences in the sources of a folder: errors, hints and notices as they are written. */
export function sentencesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.sort()
		.flatMap((name) => sentencesOf(readFileSync(join(folder, name), 'utf8')));
}

function sentencesOf(code: string): string[] {
	const file = ts.createSourceFile('file.ts', code, ts.ScriptTarget.ES2022, true);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) return;
		if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
			const text = node.getText().slice(1, -1);
			if (/[a-z] [a-z]/i.test(text)) found.push(text);
		}
		if (!ts.isTemplateExpression(node)) node.forEachChild(visit);
	};
	visit(file);
	return found;
}

/** The texts of the sticky notes of a workflow. */
export const notesOf = ({
	nodes,
}: {
	nodes: Array<{ type: string; parameters: Record<string, unknown> }>;
}): string[] =>
	nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters }) => String(parameters.content));
