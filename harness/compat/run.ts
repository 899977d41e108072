/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs on the developer's machine, never inside n8n */
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
import { recipesOf } from './recipes';
import { LOADS, tryVersion } from './tryVersion';

const DOCUMENT = join(REPOSITORY, 'docs', 'compatibility.md');

/**
 * `npm run test:compat -- [version…] [row…]`: tries all versions, or the given ones, and all rows, or those
 * whose names contain one of the given texts.
 *
 * @returns whether all results are good
 */
async function main(args: string[]): Promise<boolean> {
	const versions = args.filter((arg) => /^\d+\.\d+\.\d+$/.test(arg));
	const rows = args.filter((arg) => !versions.includes(arg));
	const recipes = recipesOf(versions);
	const cases = CASES.filter(({ name }) => !rows.length || rows.some((row) => name.includes(row)));
	const written = readTable(await readFile(DOCUMENT, 'utf8').catch(() => ''));
	const table: CompatibilityTable = Object.fromEntries(
		Object.entries(written).map(([version, results]) => [version, inOrder(results)]),
	);
	for (const recipe of recipes) {
		const results: Record<string, string> = rows.length ? { ...table[recipe.version] } : {};
		// After each case, so that an interrupted run keeps its results.
		const write = async (name: string, result: string): Promise<void> => {
			results[name] = result;
			table[recipe.version] = inOrder(results);
			await writeFile(DOCUMENT, markdownOf(table));
		};
		try {
			for await (const [name, result] of tryVersion(recipe, cases)) {
				await write(name, withFaultsOfN8n(name, result, recipe));
			}
		} catch (error) {
			await write(LOADS, userMessage(error).replace(/\s+/g, ' '));
		}
	}
	say(markdownOf(table));
	return recipes.every(({ version }) => Object.values(table[version]).every(isGood));
}

const ORDER = [LOADS, ...CASES.map(({ name }) => name)];

/** The results in the order of the cases, without those of cases that no longer exist. */
const inOrder = (results: Record<string, string>): Record<string, string> =>
	Object.fromEntries(ORDER.filter((name) => name in results).map((name) => [name, results[name]]));

void main(process.argv.slice(2)).then(
	(isGreen) => (process.exitCode = isGreen ? 0 : 1),
	(error: unknown) => {
		console.error(userMessage(error));
		process.exitCode = 1;
	},
);
