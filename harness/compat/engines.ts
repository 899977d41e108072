import { cached } from '../cache';
import { devDependencies } from '../../package.json';
import { npm } from '../npm';
import { REPOSITORY } from '../packedPackage';
import { step } from '../progress';

/** Versions of n8n-workflow with which something broke, or nearly did, and the n8n that uses each. */
export const WORKFLOW_VERSIONS = {
	'1.80.1': 'n8n 1.82: other names of the connection types',
	'1.83.0': 'n8n 1.85: the first with the current names',
	'1.97.0': 'n8n 1.100',
	'1.120.31': 'n8n 1.123: errors without their cause',
	'2.16.0': 'n8n 2.16: the first with the SDK for AI nodes',
	'2.30.2': 'n8n 2.30: most errors still without their cause',
	'2.41.0': 'n8n 2.41: the newest, used for all other tests',
} as const;

/** An engine of another n8n on which unit tests run. */
interface Engine {
	/** The version of n8n that uses it. */
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
 * The path of a folder with that n8n-workflow in its `node_modules`. It is installed the first time,
 * together with its engine if it belongs to one, and then cached.
 */
export async function installedWorkflow(version: string): Promise<string> {
	const engine = ENGINES.find(({ workflow }) => workflow === version);
	if (engine) return await installedEngine(engine);
	if (version === devDependencies['n8n-workflow']) return REPOSITORY;
	return await installed(`n8n-workflow-${version}`, [`n8n-workflow@${version}`]);
}

/** The path of a folder with an engine; installed the first time (up to two minutes and 0.4 GB). */
export const installedEngine = async ({ core, workflow }: Engine): Promise<string> =>
	await installed(`n8n-core-${core}`, [`n8n-core@${core}`, `n8n-workflow@${workflow}`]);

const installed = async (name: string, packages: string[]): Promise<string> =>
	await cached(name, async (empty) => {
		const flags = ['--prefix', '.', '--ignore-scripts', '--legacy-peer-deps'];
		await step(`Getting ${packages.join(' and ')}`, async () => {
			await npm(`Getting ${name}`, ['install', ...packages, ...flags], { folder: empty });
		});
	});
