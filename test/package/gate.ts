/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs on the developer's machine, never inside n8n */
import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { Disposables } from '../../harness/disposables';
import { npm } from '../../harness/npm';
import { packedPackage, REPOSITORY } from '../../harness/packedPackage';
import { name } from '../../package.json';

/**
 * Checks what n8n checks when a package is published, its lint of the sources and of the tarball, and what
 * that lint misses.
 *
 * @returns the problems
 */
async function checkPackage(): Promise<string[]> {
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(
		'@n8n/scan-community-package/scanner/scanner.mjs'
	);
	const started = new Disposables();
	try {
		const folder = await started.tempFolder('package');
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
			...(await findMissingFiles(files, folder)),
			...(await findFurtherPackages(tarball)),
			...(await findTooLarge(tarball, MAX_TARBALL_BYTES)),
			...(await findTooLarge(join(folder, 'dist/types/nodes.json'), MAX_DESCRIPTIONS_BYTES)),
		];
	} finally {
		await started.disposeAll();
	}
}

/**
 * Imports that fail where the package runs, though n8n's lint accepts them: those of devDependencies, and
 * all by `import()`, which ignores NODE_PATH and so doesn't find n8n's modules.
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

/** The SDK only by n8n 2.16 and later, which `loadSdk` takes into account. */
const PROVIDED_BY_N8N = new Set(['n8n-workflow', '@n8n/ai-node-sdk']);

const SHIPPED = /^(dist\/.*\.(js|json|svg)|package\.json|README\.md|LICENSE\.md|CHANGELOG\.md)$/;
const NOT_SHIPPED = /\/(test|sandbox|harness|bench|examples)\//;

const findUnwantedFiles = (files: string[], folder: string): string[] =>
	files
		.map((file) => relative(folder, file))
		.filter((name) => !SHIPPED.test(name) || NOT_SHIPPED.test(name))
		.map((name) => `${name} should not ship`);

/** The limit for the package, which a container may download at each start. */
const MAX_TARBALL_BYTES = 150_000;
/** The limit for the descriptions of the nodes, which the editor downloads. */
const MAX_DESCRIPTIONS_BYTES = 120_000;

async function findTooLarge(file: string, limit: number): Promise<string[]> {
	const { size } = await stat(file);
	return size > limit ? [`${file} has ${size} bytes, more than ${limit}`] : [];
}

/** Packages that a plain `npm install` adds to this one, such as peers: hundreds of megabytes. */
async function findFurtherPackages(tarball: string): Promise<string[]> {
	const started = new Disposables();
	try {
		const folder = await started.tempFolder('installed');
		// Without `--prefix .`, npm installs in a folder above that has a package.json.
		const args = ['install', '--offline', '--prefix', '.', tarball];
		await npm('Installing the tarball alone', args, { folder });
		const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
		const added = Object.keys(packages).filter((path) => path !== '');
		return added
			.filter((path) => path !== `node_modules/${name}`)
			.map((path) => `A plain npm install adds ${path}`);
	} catch (error) {
		return [(error as Error).message];
	} finally {
		await started.disposeAll();
	}
}

const OUTPUT_SCHEMAS = 'nodes/AimlApi/__schema__';

/** Whether the files of all nodes and credentials are there, with icons, codex and output schemas. */
async function findMissingFiles(files: string[], folder: string): Promise<string[]> {
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
	return wanted
		.filter((path) => !files.includes(join(folder, path)))
		.map((path) => `${path} is not in the tarball`);
}

void checkPackage().then((problems) => {
	for (const problem of problems) console.error(problem);
	console.log(`Publishing gate: ${problems.length ? `${problems.length} problems` : 'passed'}`);
	process.exitCode = problems.length ? 1 : 0;
});
