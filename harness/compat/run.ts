/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { userMessage } from '../errors';
import { REPOSITORY } from '../packedPackage';
import { say } from '../progress';
import {
	isGood,
	markdownOf,
	readTable,
	withFaultsOfN8n,
	type CompatibilityTable,
} from './document';
import { CASES } from './cases';
import { RECIPES } from './recipes';
import { LOADS, tryVersion } from './tryVersion';

const DOCUMENT = join(REPOSITORY, 'docs', 'compatibility.md');

/**
 * `npm run test:compat [version…] [row…]`: without versions, all that have a recipe; without rows, which
 * are told by a part of their name, all of them.
 */
async function main(args: string[]): Promise<boolean> {
	const versions = args.filter((arg) => /^\d+\.\d+\.\d+$/.test(arg));
	const rows = args.filter((arg) => !versions.includes(arg));
	const chosen = RECIPES.filter(({ version }) => !versions.length || versions.includes(version));
	const cases = CASES.filter(({ name }) => !rows.length || rows.some((row) => name.includes(row)));
	const written = readTable(await readFile(DOCUMENT, 'utf8').catch(() => ''));
	const table: CompatibilityTable = Object.fromEntries(
		Object.entries(written).map(([version, results]) => [version, inOrder(results)]),
	);
	for (const recipe of chosen) {
		const results: Record<string, string> = rows.length ? { ...table[recipe.version] } : {};
		table[recipe.version] = results;
		try {
			for await (const [name, result] of tryVersion(recipe, cases)) {
				results[name] = withFaultsOfN8n(name, result, recipe);
				table[recipe.version] = inOrder(results);
				// An interrupted run keeps what it saw.
				await writeFile(DOCUMENT, markdownOf(table));
			}
		} catch (error) {
			results[LOADS] = userMessage(error as Error).replace(/\s+/g, ' ');
			table[recipe.version] = inOrder(results);
			await writeFile(DOCUMENT, markdownOf(table));
		}
	}
	say(markdownOf(table));
	const results = chosen.flatMap(({ version }) => Object.values(table[version]));
	return results.every(isGood);
}

const ORDER = [LOADS, ...CASES.map(({ name }) => name)];

/** Results of cases that there are no longer are left out. */
const inOrder = (results: Record<string, string>): Record<string, string> =>
	Object.fromEntries(ORDER.filter((name) => name in results).map((name) => [name, results[name]]));

void main(process.argv.slice(2)).then((isGreen) => (process.exitCode = isGreen ? 0 : 1));
