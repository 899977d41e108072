import { RECIPES, type Recipe } from './recipes';

/** For each version of n8n what was tried there, with `ok` or what was seen instead. */
export type CompatibilityTable = Record<string, Record<string, string>>;

const INTRODUCTION = `# Compatibility

Written by \`npm run test:compat\`: the packed package in real versions of n8n, each with a workflow for
every row, against a local stand-in for the API. Where a node of n8n itself came only later, it says so;
what else is not \`ok\` is explained below the table.
`;

/** The result of a case that went right. */
export const OK = 'ok';

/** The result of a case with a node of n8n that this version does not have yet, e.g. its AI Agent 3. */
export const ABSENT = 'not in this n8n';

/** Begins the result of a case that goes wrong by n8n's own fault. */
export const N8NS_OWN = 'n8n’s own fault: ';

/** The result of a case, or, where it is a fault of n8n that its recipe names, why. */
export function withFaultsOfN8n(name: string, result: string, { faultsOfN8n }: Recipe): string {
	const fault = faultsOfN8n?.[name];
	return fault && result.includes(fault.result) ? N8NS_OWN + fault.why : result;
}

/** Whether nothing is wrong with this package: `undefined` is the result of what was not tried. */
export const isGood = (result = ''): boolean =>
	result === OK || result === ABSENT || result.startsWith(N8NS_OWN);

/**
 * What README says of the versions: those in which all was tried and nothing went
 * wrong but what is n8n's own fault.
 *
 * @param table as `readTable` gives it
 */
export function readmeLine(table: CompatibilityTable): string {
	const rows = [...new Set(Object.values(table).flatMap((results) => Object.keys(results)))];
	const good = RECIPES.map(({ version }) => version).filter(
		(version) => table[version] && rows.every((row) => isGood(table[version][row])),
	);
	const list = `${good.slice(0, -1).join(', ')} and ${good.at(-1)}`;
	return `Tested in n8n ${list}: [what was tried](docs/compatibility.md).`;
}

/** Rows are what was tried, columns the versions. Findings are told below, under their numbers. */
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
	const told = findings.map((finding, index) => `${index + 1}. ${finding}`);
	const about = RECIPES.filter(({ version }) => table[version]).map(
		({ version, why }) => `- ${version}: ${why}`,
	);
	return [
		INTRODUCTION,
		...about,
		'',
		...lines,
		...(told.length ? ['', '## What was seen instead', '', ...told] : []),
		'',
	].join('\n');
}

/** The table that a document holds, so that a run of some versions keeps the others. */
export function readTable(document: string): CompatibilityTable {
	const findings = [...document.matchAll(/^(\d+)\. n8n [^,]+, \*\*.*?\*\*: (.*)$/gm)];
	const told = new Map(findings.map(([, number, text]) => [`(${number})`, text]));
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
			results.filter(([, cell]) => cell).map(([row, cell]) => [row, told.get(cell) ?? cell]),
		);
	}
	return table;
}
