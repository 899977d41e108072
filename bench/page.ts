/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { version } from '../package.json';
import { N8N_VERSION } from '../harness/n8nInstall';
import { REPOSITORY } from '../harness/packedPackage';

const PAGE = join(REPOSITORY, 'docs/benchmarks.md');
const startOf = (name: string) => `<!-- section: ${name} -->`;
const endOf = (name: string) => `<!-- /section: ${name} -->`;

/** Writes a section into the page: over the previous one of this name, or at the end. */
export async function writeSection(name: string, title: string, content: string): Promise<void> {
	const page = existsSync(PAGE) ? await readFile(PAGE, 'utf8') : '# Benchmarks\n';
	const renewed = withSection(page, name, `## ${title}\n\n${content}\n\n_${setting()}_`);
	await writeFile(PAGE, await format(renewed, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}

/** The page with the section replaced or added. */
function withSection(page: string, name: string, content: string): string {
	const section = `${startOf(name)}\n\n${content}\n\n${endOf(name)}`;
	const [before, rest] = page.split(startOf(name));
	const after = rest?.split(endOf(name))[1];
	return after === undefined ? `${page.trimEnd()}\n\n${section}\n` : before + section + after;
}

/** The date, versions and machine of a measurement, and the machine's load in the last 15 minutes. */
function setting(): string {
	const date = new Date().toISOString().slice(0, 10);
	const memory = Math.round(totalmem() / 1024 ** 3);
	const load = loadavg()[2].toFixed(1);
	return `${date}: package ${version}, n8n ${N8N_VERSION}, ${availableParallelism()} cores (${cpus()[0].model.trim()}), ${memory} GB, ${process.platform}, load ${load}`;
}
