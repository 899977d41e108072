/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs on the developer's machine, never inside n8n */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../../harness/npm';
import { packedPackage, REPOSITORY } from '../../harness/packedPackage';
import { name } from '../../package.json';

/**
 * What n8n would refuse at publishing time, found beforehand: its own lint over the sources and over
 * the tarball, plus what that lint lets through and breaks at run time or should not ship.
 */
async function checkPackage(): Promise<string[]> {
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(
		'@n8n/scan-community-package/scanner/scanner.mjs'
	);
	const folder = await mkdtemp(join(tmpdir(), 'package-'));
	try {
		const tarball = await packedPackage();
		execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
		const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name));
		const scans = await Promise.all([
			analyzePackage(REPOSITORY, SOURCE_FILE_PATTERNS),
			analyzePackage(folder),
		]);
		return [
			...scans
				.filter(({ passed }) => !passed)
				.map(({ message, details }) => `${message}\n${details ?? ''}`),
			...(await findForeignImports(files)),
			...findUnwantedFiles(files, folder),
			...(await findMissingFiles(folder)),
			...(await findFurtherPackages()),
			...(await findTooLarge(tarball, MAX_TARBALL_BYTES)),
			...(await findTooLarge(join(folder, 'dist/types/nodes.json'), MAX_DESCRIPTIONS_BYTES)),
		];
	} finally {
		await rm(folder, { recursive: true });
	}
}

/**
 * A devDependency imported at run time passes n8n's lint and is missing where the package runs; so is
 * whatever `import()` asks for, since it does not look where NODE_PATH says, and n8n's modules are there.
 */
async function findForeignImports(files: string[]): Promise<string[]> {
	const found: string[] = [];
	for (const file of files.filter((name) => name.endsWith('.js'))) {
		const code = await readFile(file, 'utf8');
		if (/\bimport\(/.test(code))
			found.push(`${file} has an import(), which finds no module of n8n`);
		for (const [, name] of code.matchAll(/\brequire\("([^"]+)"\)/g)) {
			if (name.startsWith('.') || PROVIDED_BY_N8N.has(name)) continue;
			const kind = builtinModules.includes(name.replace('node:', '')) ? 'builtin' : 'package';
			found.push(`${file} needs the ${kind} ${name} at run time`);
		}
	}
	return found;
}

/** The second only by n8n 2.16 and later, which `loadSdk` reckons with. */
const PROVIDED_BY_N8N = new Set(['n8n-workflow', '@n8n/ai-node-sdk']);

const findUnwantedFiles = (files: string[], folder: string): string[] =>
	files
		.map((file) => file.slice(folder.length + 1))
		.filter(
			(name) =>
				!/^(dist\/.*\.(js|json|svg)|package\.json|README\.md|LICENSE\.md|CHANGELOG\.md)$/.test(
					name,
				),
		)
		.concat(
			files.filter((file) =>
				/\/(test|sandbox|harness|bench|examples)\//.test(file.slice(folder.length)),
			),
		)
		.map((name) => `${name} should not ship`);

/** The whole package, which every start of a container may download. */
const MAX_TARBALL_BYTES = 150_000;
/** What the editor downloads of the nodes. */
const MAX_DESCRIPTIONS_BYTES = 120_000;

async function findTooLarge(file: string, limit: number): Promise<string[]> {
	const { size } = await stat(file);
	return size > limit ? [`${file} has ${size} bytes, more than ${limit}`] : [];
}

/** What a plain `npm install` of the tarball brings besides it, such as peers: hundreds of megabytes. */
async function findFurtherPackages(): Promise<string[]> {
	const folder = await mkdtemp(join(tmpdir(), 'installed-'));
	try {
		// Without `--prefix .`, npm installs in a folder above that has a package.json.
		const args = ['install', '--offline', '--prefix', '.', await packedPackage()];
		await npm('Installing the tarball alone', args, { folder });
		const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
		const added = Object.keys(packages).filter((path) => path !== '');
		return added
			.filter((path) => path !== `node_modules/${name}`)
			.map((path) => `A plain npm install adds ${path}`);
	} catch (error) {
		return [(error as Error).message];
	} finally {
		await rm(folder, { recursive: true });
	}
}

const OUTPUT_SCHEMAS = 'nodes/AimlApi/__schema__';

/** Every node and credential that package.json names, with its icons, codex and output schemas. */
async function findMissingFiles(folder: string): Promise<string[]> {
	const { n8n } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const schemas = await readdir(join(REPOSITORY, OUTPUT_SCHEMAS), { recursive: true });
	const wanted: string[] = [
		...n8n.credentials,
		...n8n.nodes,
		...n8n.nodes.map((path: string) => path.replace(/\.js$/, '.json')),
		'dist/icons/aimlapi.svg',
		'dist/icons/aimlapi.dark.svg',
		'dist/index.js',
		...['known', 'types'].flatMap((name) => [
			`dist/${name}/nodes.json`,
			`dist/${name}/credentials.json`,
		]),
		...schemas
			.filter((name) => name.endsWith('.json'))
			.map((name) => `dist/${OUTPUT_SCHEMAS}/${name}`),
	];
	const present = await Promise.all(
		wanted.map(
			async (path) =>
				await readFile(join(folder, path)).then(
					() => true,
					() => false,
				),
		),
	);
	return wanted
		.filter((_, index) => !present[index])
		.map((path) => `${path} is not in the tarball`);
}

void checkPackage().then((problems) => {
	for (const problem of problems) console.error(problem);
	console.log(`Publishing gate: ${problems.length ? `${problems.length} problems` : 'passed'}`);
	process.exitCode = problems.length ? 1 : 0;
});
