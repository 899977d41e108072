import { cached } from '../cache';
import { devDependencies } from '../../package.json';
import { npm } from '../npm';
import { REPOSITORY } from '../packedPackage';
import { step } from '../progress';

/** Versions of n8n-workflow at which something broke, or nearly did, with the n8n that has them. */
export const WORKFLOW_VERSIONS = {
	'1.80.1': 'n8n 1.82: other names of the connection types',
	'1.83.0': 'n8n 1.85: the first with the names of today',
	'1.97.0': 'n8n 1.100',
	'1.120.31': 'n8n 1.123: errors without their cause',
	'2.16.0': 'n8n 2.16: the first with the SDK for AI nodes',
	'2.30.2': 'n8n 2.30: the last errors without their cause but a few',
	'2.41.0': 'n8n 2.41: the pinned newest',
} as const;

/** An engine of n8n that the unit tests run on besides that of the pinned n8n. */
export interface Engine {
	/** Of the n8n that has it. */
	n8n: string;
	core: string;
	workflow: string;
}

export const ENGINES: readonly Engine[] = [
	{ n8n: '1.123.81', core: '1.122.48', workflow: '1.120.31' },
	{ n8n: '2.16.1', core: '2.16.1', workflow: '2.16.0' },
	{ n8n: '2.30.8', core: '2.30.4', workflow: '2.30.2' },
];

/**
 * A folder with that n8n-workflow in its `node_modules`: that of an engine which has it, or one that is
 * fetched the first time (seconds) and then cached.
 */
export async function installedWorkflow(version: string): Promise<string> {
	const engine = ENGINES.find(({ workflow }) => workflow === version);
	if (engine) return await installedEngine(engine);
	if (version === devDependencies['n8n-workflow']) return REPOSITORY;
	return await installed(`n8n-workflow-${version}`, [`n8n-workflow@${version}`]);
}

/** A folder with an engine and its n8n-workflow (one to two minutes, up to 0.4 GB). */
export const installedEngine = async ({ core, workflow }: Engine): Promise<string> =>
	await installed(`n8n-core-${core}`, [`n8n-core@${core}`, `n8n-workflow@${workflow}`]);

const installed = async (name: string, packages: string[]): Promise<string> =>
	await cached(name, async (empty) => {
		const args = [
			'install',
			...packages,
			'--prefix',
			'.',
			'--ignore-scripts',
			'--legacy-peer-deps',
		];
		await step(`Getting ${packages.join(' and ')}`, async () => {
			await npm(`Getting ${name}`, args, { folder: empty });
		});
	});
