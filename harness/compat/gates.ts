/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { execFileSync } from 'node:child_process';
import { cp, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { runChild } from '../childProcess';
import { Disposables } from '../disposables';
import { npm } from '../npm';
import { REPOSITORY } from '../packedPackage';
import { say, step } from '../progress';
import { ENGINES, installedEngine, installedWorkflow, WORKFLOW_VERSIONS } from './engines';

/** Loads all nodes and the credential of a built package, and checks the types of the outputs. */
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

/** Whether the built nodes load with all `WORKFLOW_VERSIONS`. */
async function checkLoading(): Promise<boolean> {
	const started = new Disposables();
	try {
		const folder = await started.tempFolder('load');
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
		await started.disposeAll();
	}
}

/** Whether the unit tests that use n8n's engine pass on all `ENGINES`. */
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

/** Installs all at once what is not in the cache, the engines with their n8n-workflow. */
const installAll = async () =>
	await Promise.all(Object.keys(WORKFLOW_VERSIONS).map(installedWorkflow));

/** `npm run test:versions`: runs both gates, even if the first one fails. */
async function main(): Promise<void> {
	await step('Getting the other versions', installAll);
	const loads = await step('Gate (a): the nodes load in every n8n', checkLoading);
	const runs = await step('Gate (b): the nodes run on the engines of other n8ns', checkEngines);
	say(`Gates: (a) ${loads ? 'passed' : 'failed'}, (b) ${runs ? 'passed' : 'failed'}`);
	process.exitCode = loads && runs ? 0 : 1;
}

void main();
