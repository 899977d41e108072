/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { userMessage } from '../errors';
import { REPOSITORY } from '../packedPackage';
import { say } from '../progress';
import { markdownOf, N8NS_OWN, OK, readTable, type CompatibilityTable } from './document';
import { RECIPES, type Recipe } from './recipes';
import { tryVersion } from './tryVersion';

const DOCUMENT = join(REPOSITORY, 'docs', 'compatibility.md');

/** `npm run test:compat [version…]`: without versions, all that have a recipe. */
async function main(versions: string[]): Promise<boolean> {
	const chosen = RECIPES.filter(({ version }) => !versions.length || versions.includes(version));
	const table: CompatibilityTable = readTable(await readFile(DOCUMENT, 'utf8').catch(() => ''));
	for (const recipe of chosen) {
		const { version } = recipe;
		try {
			table[version] = withFaultsOfN8n((await tryVersion(recipe)).results, recipe);
		} catch (error) {
			table[version] = { Start: userMessage(error as Error) };
		}
		await writeFile(DOCUMENT, markdownOf(table));
	}
	say(markdownOf(table));
	const results = chosen.flatMap(({ version }) => Object.values(table[version]));
	return results.every((result) => result === OK || result.startsWith(N8NS_OWN));
}

const withFaultsOfN8n = (results: Record<string, string>, { faultsOfN8n }: Recipe) =>
	Object.fromEntries(
		Object.entries(results).map(([name, result]) => {
			const why = faultsOfN8n?.[name];
			return [name, why && result !== OK ? N8NS_OWN + why : result];
		}),
	);

void main(process.argv.slice(2)).then((isGreen) => (process.exitCode = isGreen ? 0 : 1));
