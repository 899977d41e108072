/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { execFileSync } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { n8n as manifest } from '../../package.json';
import { Disposables } from '../../harness/disposables';
import { installedN8n } from '../../harness/n8nInstall';
import { packedPackage } from '../../harness/packedPackage';
import { markdownTable } from '../../test/simulation/markdown';
import { inTurns, summarize, toText } from '../statistics';
import type { Section } from './section';

const ROUNDS = 9;

/** A package with one node that does nothing. */
async function writeEmptyPackage(folder: string): Promise<void> {
	const nodes = ['dist/Empty.node.js'];
	await mkdir(join(folder, 'dist'), { recursive: true });
	const text = JSON.stringify({ name: 'n8n-nodes-empty', version: '1.0.0', n8n: { nodes } });
	await writeFile(join(folder, 'package.json'), text);
	const description = { displayName: 'Empty', name: 'empty', version: 1, properties: [] };
	await writeFile(
		join(folder, nodes[0]),
		`exports.Empty = class { description = ${JSON.stringify(description)} };\n`,
	);
}

async function measure(): Promise<string> {
	const started = new Disposables();
	try {
		const folder = await started.tempFolder('load');
		const tarball = await packedPackage();
		const ours = join(folder, 'ours');
		const empty = join(folder, 'empty');
		await mkdir(ours);
		execFileSync('tar', ['-xzf', tarball, '-C', ours, '--strip-components=1']);
		await writeEmptyPackage(empty);
		const { node, program } = await installedN8n();
		const modules = dirname(dirname(dirname(program)));
		const names = { ours: 'aimlApi', empty: 'empty' };
		const firstUses: number[] = [];
		const loads = await inTurns(['ours', 'empty'], ROUNDS, async (name) => {
			const args = [join(__dirname, '../loadPackage.cjs'), modules];
			const printed = execFileSync(node.binary, [...args, join(folder, name), names[name]], {
				encoding: 'utf8',
				env: { NODE_PATH: modules, N8N_LOG_LEVEL: 'silent' },
			});
			const { load, firstUse } = JSON.parse(printed) as { load: number; firstUse: number };
			if (name === 'ours') firstUses.push(firstUse);
			return load;
		});
		const descriptions = join(ours, 'dist/types/nodes.json');
		const more = summarize(loads.ours).median - summarize(loads.empty).median;
		return [
			markdownTable([
				['', 'figure', 'target'],
				['tarball, KB', kilobytes((await stat(tarball)).size), '< 150'],
				[
					`descriptions of all ${manifest.nodes.length} nodes, KB`,
					kilobytes((await stat(descriptions)).size),
					'< 120',
				],
				['loading the package, ms', toText(summarize(loads.ours)), ''],
				['loading an empty package, ms', toText(summarize(loads.empty)), ''],
				['loading it over the empty one, ms', more.toFixed(1), '≤ 50'],
				['first use of a node, once, ms', toText(summarize(firstUses)), ''],
			]),
			`CPU time of n8n's own loader, each time in a new process; medians of ${ROUNDS} with half the distance between least and most. n8n reads the descriptions at its start and the code at the first use of a node.`,
		].join('\n\n');
	} finally {
		await started.disposeAll();
	}
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

/** The sizes of what n8n downloads and sends to the editor, and how long it loads. */
export const packageSize: Section = { name: 'package', title: 'Size and load time', measure };
