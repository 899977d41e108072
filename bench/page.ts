/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { version } from '../package.json';
import { N8N_VERSION } from '../harness/n8nInstall';
import { REPOSITORY } from '../harness/packedPackage';

const PAGE = join(REPOSITORY, 'docs/benchmarks.md');
const startOf = (name: string) => `<!-- section: ${name} -->`;
const endOf = (name: string) => `<!-- /section: ${name} -->`;

/** Puts a section into the page, in the place of an older one of its name, or at the end. */
export async function writeSection(name: string, title: string, content: string): Promise<void> {
	const page = existsSync(PAGE) ? await readFile(PAGE, 'utf8') : '# Benchmarks\n';
	await writeFile(PAGE, withSection(page, name, `## ${title}\n\n${content}\n\n_${setting()}_`));
}

/** The page with the section renewed. */
export function withSection(page: string, name: string, content: string): string {
	const section = `${startOf(name)}\n\n${content}\n\n${endOf(name)}`;
	const [before, rest] = page.split(startOf(name));
	const after = rest?.split(endOf(name))[1];
	return after === undefined ? `${page.trimEnd()}\n\n${section}\n` : before + section + after;
}

/** On what the figures of a section were taken. */
function setting(): string {
	const date = new Date().toISOString().slice(0, 10);
	const memory = Math.round(totalmem() / 1024 ** 3);
	return `${date}: package ${version}, n8n ${N8N_VERSION}, ${availableParallelism()} cores (${cpus()[0].model.trim()}), ${memory} GB, ${process.platform}`;
}
