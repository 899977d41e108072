const { execFile } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, relative } = require('node:path');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const clean = () => rm('dist', { recursive: true, force: true });

const OPTIONS = {
	format: 'cjs',
	platform: 'node',
	target: 'node20',
	charset: 'utf8',
	// Turns `import()` into `require`: only that finds n8n's modules, through NODE_PATH.
	supported: { 'dynamic-import': false },
};
const BUNDLE = 'dist/nodes/bundle.js';

const compile = () =>
	build({
		...OPTIONS,
		entryPoints: ['index.ts', ...n8n.credentials.map(toSource)],
		outdir: 'dist',
		outbase: '.',
	});

/** Bundles all nodes, so that n8n reads one file instead of two hundred, and they share their state. */
const bundleNodes = () => {
	const contents = n8n.nodes.map((file) => `export * from './${toSource(file)}';`).join('\n');
	return build({
		...OPTIONS,
		stdin: { contents, resolveDir: __dirname },
		outfile: BUNDLE,
		bundle: true,
		packages: 'external',
		// Saves a tenth of the tarball; names stay, so that stack traces are readable.
		minifyWhitespace: true,
	});
};

const toSource = (file) => file.replace('dist/', '').replace(/\.js$/, '.ts');

/** Writes the files that package.json lists for n8n: each exports one class of the bundle. */
const writeEntries = async () => {
	for (const file of n8n.nodes) {
		const name = basename(file, '.node.js');
		await mkdir(dirname(file), { recursive: true });
		const bundle = relative(dirname(file), BUNDLE);
		await writeFile(file, `exports.${name} = require('${bundle}').${name};\n`);
	}
};

const copyIcons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

const copyCodex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

/** The fields of a node's output that n8n's editor shows before the first run. */
const copyOutputSchemas = () => src('nodes/**/__schema__/**/*.json').pipe(dest('dist/nodes'));

/** Writes the nodes' descriptions, with which n8n loads the nodes themselves only once they are used. */
const writeMetadata = (done) =>
	execFile(
		process.execPath,
		[require.resolve('n8n-core/bin/generate-metadata')],
		(error, stdout, stderr) => done(error && new Error(stderr || error.message)),
	);

exports.build = series(
	clean,
	parallel(compile, bundleNodes, writeEntries, copyIcons, copyCodex, copyOutputSchemas),
	writeMetadata,
);
exports.default = exports.build;
