/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../npm';
import { REPOSITORY } from '../packedPackage';
import { say, step } from '../progress';
import { runChild } from '../childProcess';
import { ENGINES, installedEngine, installedWorkflow, WORKFLOW_VERSIONS } from './engines';

/** Loads each node of a built package and prints what it would be connected by. */
const LOAD = `
const nodes = ['AimlApi', 'EmbeddingsAimlApi', 'LmChatAimlApi'];
const { n8n } = require('./package.json');
if (n8n.nodes.length !== nodes.length) throw new Error('Other nodes than ' + nodes);
for (const [index, file] of n8n.nodes.entries()) {
	const { description } = new (require('./' + file)[nodes[index]])();
	for (const output of description.outputs) if (typeof output !== 'string') throw new Error(file);
}
for (const file of n8n.credentials) new (require('./' + file).AimlApi)();
`;

/** Whether the built nodes load against every n8n-workflow at which something broke. */
async function checkLoading(): Promise<boolean> {
	const folder = await mkdtemp(join(tmpdir(), 'aimlapi-load-'));
	try {
		await npm('The build', ['run', 'build'], { folder: REPOSITORY });
		await cp(join(REPOSITORY, 'dist'), join(folder, 'dist'), { recursive: true });
		await cp(join(REPOSITORY, 'package.json'), join(folder, 'package.json'));
		let isGreen = true;
		for (const [version, why] of Object.entries(WORKFLOW_VERSIONS)) {
			const modules = join(folder, 'node_modules');
			await rm(modules, { force: true });
			await symlink(join(await installedWorkflow(version), 'node_modules'), modules, 'junction');
			try {
				execFileSync(process.execPath, ['-e', LOAD], { cwd: folder, stdio: 'pipe' });
				say(`✓ loads with n8n-workflow ${version} (${why})`);
			} catch (error) {
				isGreen = false;
				say(`✗ n8n-workflow ${version} (${why}): ${(error as Error).message}`);
			}
		}
		return isGreen;
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Whether the unit tests that rest on n8n's engine pass on those of other versions. */
async function checkEngines(): Promise<boolean> {
	let isGreen = true;
	for (const engine of ENGINES) {
		const folder = await installedEngine(engine);
		const env = { ...process.env, N8N_ENGINE: folder, N8N_ENGINE_NAME: `n8n ${engine.n8n}` };
		const jest = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
		const args = [jest, '--config', 'jest.engine.config.js'];
		const { code, output } = await step(`Unit tests on the engine of n8n ${engine.n8n}`, async () =>
			runChild(process.execPath, args, { cwd: REPOSITORY, env }),
		);
		say(output);
		isGreen &&= code === 0;
	}
	return isGreen;
}

/** Fetches all at once what is not in the cache: each folder once. */
async function fetchAll(): Promise<void> {
	const withoutEngine = Object.keys(WORKFLOW_VERSIONS).filter(
		(version) => !ENGINES.some(({ workflow }) => workflow === version),
	);
	await Promise.all([...ENGINES.map(installedEngine), ...withoutEngine.map(installedWorkflow)]);
}

/** `npm run test:versions`: both gates, whatever the first one says, with the time of each. */
async function main(): Promise<void> {
	await step('Getting the other versions', fetchAll);
	const loads = await step('Gate (a): the nodes load in every n8n', checkLoading);
	const runs = await step('Gate (b): the nodes run on the engines of other n8ns', checkEngines);
	say(`Gates: (a) ${loads ? 'passed' : 'failed'}, (b) ${runs ? 'passed' : 'failed'}`);
	process.exitCode = loads && runs ? 0 : 1;
}

void main();
