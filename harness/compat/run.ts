/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { userMessage } from '../errors';
import { REPOSITORY } from '../packedPackage';
import { say } from '../progress';
import { markdownOf, N8NS_OWN, OK, readTable, type CompatibilityTable } from './document';
import { RECIPES, type Recipe } from './recipes';
import { LOADS, tryVersion } from './tryVersion';

const DOCUMENT = join(REPOSITORY, 'docs', 'compatibility.md');

/** `npm run test:compat [version…]`: without versions, all that have a recipe. */
async function main(versions: string[]): Promise<boolean> {
	const chosen = RECIPES.filter(({ version }) => !versions.length || versions.includes(version));
	const table: CompatibilityTable = readTable(await readFile(DOCUMENT, 'utf8').catch(() => ''));
	for (const recipe of chosen) {
		const results: Record<string, string> = {};
		table[recipe.version] = results;
		try {
			for await (const [name, result] of tryVersion(recipe)) {
				results[name] = withFaultsOfN8n(name, result, recipe);
				// An interrupted run keeps what it saw.
				await writeFile(DOCUMENT, markdownOf(table));
			}
		} catch (error) {
			results[LOADS] = userMessage(error as Error).replace(/\s+/g, ' ');
			await writeFile(DOCUMENT, markdownOf(table));
		}
	}
	say(markdownOf(table));
	const results = chosen.flatMap(({ version }) => Object.values(table[version]));
	return results.every((result) => result === OK || result.startsWith(N8NS_OWN));
}

function withFaultsOfN8n(name: string, result: string, { faultsOfN8n }: Recipe): string {
	const why = faultsOfN8n?.[name];
	return why && result !== OK ? N8NS_OWN + why : result;
}

void main(process.argv.slice(2)).then((isGreen) => (process.exitCode = isGreen ? 0 : 1));
