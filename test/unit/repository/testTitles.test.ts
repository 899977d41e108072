import ts from 'typescript';
import { readTracked, trackedFiles } from './trackedFiles';

interface Title {
	/** `undefined` for a computed one. */
	title?: string;
	call: string;
}

/** The name of the function that is called first: `test` of `test.each([…])('…', …)`. */
function calleeOf(expression: ts.Expression): string {
	if (ts.isIdentifier(expression)) return expression.text;
	if (ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression)) {
		return calleeOf(expression.expression);
	}
	return ts.isTaggedTemplateExpression(expression) ? calleeOf(expression.tag) : '';
}

/** The tests of a source text. */
function findTitles(source: string): Title[] {
	const titles: Title[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && node.arguments.length > 1) {
			const [title] = node.arguments;
			const call = calleeOf(node.expression);
			const isTest = ['test', 'it', 'xit', 'fit', 'xtest'].includes(call);
			if (isTest)
				titles.push({ title: ts.isStringLiteralLike(title) ? title.text : undefined, call });
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('', source, ts.ScriptTarget.Latest));
	return titles;
}

/** Verbs that a title begins with when it leaves its subject to the `describe` around it. */
const BARE_VERB =
	/^(is|are|was|has|have|had|does|can|may|must|gets?|takes?|comes?|goes|says?|tells?|gives?|keeps?|stays?|shows?|finds?|fails?|asks?|reads?|makes?|sends?|needs?|wants?|answers?|refuses|accepts|adds|returns?|throws?)\b/;

/** Why a title cannot be read without the code around it. */
function flawOf({ title, call }: Title): string | undefined {
	if (call !== 'test') return `'${call}' instead of 'test'`;
	if (title === undefined) return undefined;
	if (BARE_VERB.test(title)) return 'no subject';
	return title.split(/\s+/).length < 3 ? 'no sentence' : undefined;
}

test('every test is called `test` and has a sentence for a title', () => {
	const flaws = trackedFiles()
		.filter((path) => path.startsWith('test/') && path.endsWith('.ts'))
		.flatMap((path) =>
			findTitles(readTracked(path)).flatMap((title) => {
				const flaw = flawOf(title);
				return flaw ? [`${path}: ${title.title} (${flaw})`] : [];
			}),
		);
	expect(flaws).toEqual([]);
});

test.each([
	["it('a key is masked everywhere', f)", "'it' instead of 'test'"],
	["test('is masked in every place', f)", 'no subject'],
	["test.each([1])('%s', f)", 'no sentence'],
	['it(title, f)', "'it' instead of 'test'"],
	["test('a key is masked everywhere', f)", undefined],
])('the title in %s has this flaw: %s', (source, flaw) => {
	const [title] = findTitles(source);
	expect(flawOf(title)).toBe(flaw);
});
