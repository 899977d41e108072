// n8n-core logs every failed node; the tests expect those failures.
process.env.N8N_LOG_LEVEL = 'silent';

const transform = {
	'^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
};

const suite = (name, extra) => ({
	displayName: name,
	rootDir: __dirname,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform,
	...extra,
});

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		suite('unit'),
		suite('contract', { globalSetup: '<rootDir>/test/contract/announce.ts' }),
		suite('e2e'),
	],
	testTimeout: 30_000,
	maxWorkers: '100%',
};
