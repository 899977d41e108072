import { RECIPES, type Recipe } from './recipes';

/** By version of n8n and by row: `ok`, or what was seen instead. */
export type CompatibilityTable = Record<string, Record<string, string>>;

const INTRODUCTION = `# Compatibility

Written by \`npm run test:compat\`: the packed package in real versions of n8n, each with a workflow for
every row, against a local stand-in for the API. 'not in this n8n' means that the version lacks a node
of n8n that the workflow needs; everything else that isn't \`ok\` is explained below the table.
`;

/** The result of a case that works. */
export const OK = 'ok';

/** The result of a case with a node that this version of n8n lacks, e.g. AI Agent 3. */
export const ABSENT = 'not in this n8n';

/** Prefix of the result of a case that fails because of a bug in n8n. */
export const N8NS_OWN = 'n8n’s own fault: ';

/** The result of a case, or the explanation if it is a bug of n8n that the recipe names. */
export function withFaultsOfN8n(name: string, result: string, { faultsOfN8n }: Recipe): string {
	const fault = faultsOfN8n?.[name];
	return fault && result.includes(fault.result) ? N8NS_OWN + fault.why : result;
}

/** Whether a result is fine for this package; that of a case that was not tried (`undefined`) is not. */
export const isGood = (result = ''): boolean =>
	result === OK || result === ABSENT || result.startsWith(N8NS_OWN);

/** The sentence of README about the versions in which every case was tried and is good. */
export function readmeLine(table: CompatibilityTable): string {
	const rows = [...new Set(Object.values(table).flatMap((results) => Object.keys(results)))];
	const good = RECIPES.map(({ version }) => version).filter(
		(version) => table[version] && rows.every((row) => isGood(table[version][row])),
	);
	const list = `${good.slice(0, -1).join(', ')} and ${good.at(-1)}`;
	return `Tested in n8n ${list}: [what was tried](docs/compatibility.md).`;
}

/** The document: a row for each case, a column for each version, and numbered findings below. */
export function markdownOf(table: CompatibilityTable): string {
	const versions = RECIPES.map(({ version }) => version).filter((version) => table[version]);
	const rows = [...new Set(versions.flatMap((version) => Object.keys(table[version])))];
	const findings: string[] = [];
	const cell = (row: string, version: string): string => {
		const result = table[version][row];
		if (result === undefined || result === OK || result === ABSENT) return result ?? '';
		findings.push(`n8n ${version}, **${row}**: ${result}`);
		return `(${findings.length})`;
	};
	const lines = [
		['', ...versions],
		['---', ...versions.map(() => '---')],
		...rows.map((row) => [row, ...versions.map((version) => cell(row, version))]),
	].map((cells) => `| ${cells.join(' | ')} |`);
	const numbered = findings.map((finding, index) => `${index + 1}. ${finding}`);
	const about = RECIPES.filter(({ version }) => table[version]).map(
		({ version, why }) => `- ${version}: ${why}`,
	);
	return [
		INTRODUCTION,
		...about,
		'',
		...lines,
		...(numbered.length ? ['', '## What was seen instead', '', ...numbered] : []),
		'',
	].join('\n');
}

/** Parses the table of a document, so that a run of some versions keeps the results of the others. */
export function readTable(document: string): CompatibilityTable {
	const findings = [...document.matchAll(/^(\d+)\. n8n [^,]+, \*\*.*?\*\*: (.*)$/gm)];
	const findingOf = new Map(findings.map(([, number, text]) => [`(${number})`, text]));
	const [head, , ...rows] = document
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
	const table: CompatibilityTable = {};
	for (const [column, version] of (head ?? []).entries()) {
		if (!version) continue;
		const results = rows.map((cells): [string, string] => [cells[0], cells[column]]);
		table[version] = Object.fromEntries(
			results.filter(([, cell]) => cell).map(([row, cell]) => [row, findingOf.get(cell) ?? cell]),
		);
	}
	return table;
}
