import { check } from 'recheck';
import ts from 'typescript';
import { readTracked, trackedFiles } from './trackedFiles';

/**
 * Models, gateways and users write the texts that the published code reads, and JavaScript's regular
 * expressions backtrack: one that takes more than linear time over such a text stops all of n8n.
 */

/** For each expression; most take a few. */
const TIMEOUT_MS = 30_000;

interface Expression {
	place: string;
	source: string;
	flags: string;
}

const sources = trackedFiles().filter((path) => /^(nodes|credentials)\/.*\.ts$/.test(path));

function nodesOf<T extends ts.Node>(is: (node: ts.Node) => node is T): Array<[string, T]> {
	return sources.flatMap((path) => {
		const file = ts.createSourceFile(path, readTracked(path), ts.ScriptTarget.ES2022, true);
		const found: Array<[string, T]> = [];
		const visit = (node: ts.Node) => {
			if (is(node)) found.push([path, node]);
			node.forEachChild(visit);
		};
		visit(file);
		return found;
	});
}

const expressions: Expression[] = nodesOf(ts.isRegularExpressionLiteral).map(
	([place, { text }]) => {
		const end = text.lastIndexOf('/');
		return { place, source: text.slice(1, end), flags: text.slice(end + 1) };
	},
);

/** `undefined` for one that is proven to take linear time. */
async function complaint({ place, source, flags }: Expression): Promise<string | undefined> {
	const params = { checker: 'automaton', timeout: TIMEOUT_MS } as const;
	const found = await check(source, flags, params);
	if (found.status === 'safe') return undefined;
	const how = found.status === 'vulnerable' ? found.complexity.summary : found.status;
	return `${place}: /${source}/${flags} is ${how}`;
}

test.each([
	['^x-|\\+.*$', 'g', 'polynomial'],
	['^(a+)+$', '', 'exponential'],
])('/%s/%s is found to be %s', async (source, flags, expected) => {
	expect(await complaint({ place: 'sample', source, flags })).toContain(expected);
});

test('each regular expression of the published code takes linear time over any text', async () => {
	expect(expressions.length).toBeGreaterThan(100);
	const complaints: unknown[] = [];
	for (const expression of expressions) complaints.push(await complaint(expression));
	expect(complaints.filter(Boolean)).toEqual([]);
}, 180_000);

test('RegExp objects are created only in the two files that escape or check their text', () => {
	const made = nodesOf(ts.isNewExpression)
		.filter(([, { expression }]) => expression.getText() === 'RegExp')
		.map(([path]) => path);
	expect(made).toEqual(['nodes/shared/maskSecrets.ts', 'nodes/shared/schema/pattern.ts']);
});
