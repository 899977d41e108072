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
		suite('unit', {
			// The Chat Model in n8n before 2.16, which has no SDK.
			displayName: 'without-sdk',
			testMatch: ['<rootDir>/test/unit/LmChatAimlApi/**/*.test.ts'],
			moduleNameMapper: { '^@n8n/ai-node-sdk$': '<rootDir>/test/engine/absentSdk.cjs' },
		}),
		suite('contract', { globalSetup: '<rootDir>/test/contract/announce.ts' }),
		suite('e2e'),
		suite('queue'),
		suite('ui', {
			globalSetup: '<rootDir>/test/ui/support/start.ts',
			globalTeardown: '<rootDir>/test/ui/support/end.ts',
		}),
	],
	testTimeout: 120_000,
	// A new process for each file: jest leaves an AsyncLocalStorage behind in each, which slows down every
	// promise of later files in the same process.
	workerIdleMemoryLimit: '1MB',
	maxWorkers: '100%',
};
