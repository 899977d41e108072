const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

/** Compiles index.ts, nodes/ and credentials/ into dist/. */
const compile = (done) =>
	execFile(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '--project', 'tsconfig.build.json'],
		(error, stdout) => done(error && new Error(stdout || error.message)),
	);

const copyIcons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

const copyCodex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

/** What n8n's editor shows of a node's output before its first run. */
const copyOutputSchemas = () => src('nodes/**/__schema__/**/*.json').pipe(dest('dist/nodes'));

exports.build = series(clean, parallel(compile, copyIcons, copyCodex, copyOutputSchemas));
exports.default = exports.build;
