const { join } = require('node:path');
const { projects, testTimeout, maxWorkers } = require('./jest.config.js');

/** The folder of other versions of n8n-core and n8n-workflow; set by `npm run test:versions`. */
const folder = join(process.env.N8N_ENGINE, 'node_modules');

/** The tests that depend on n8n's engine: runs, faults, files, tools, sub-nodes. */
const suites = [
	'AimlApi/account',
	'AimlApi/complete',
	'AimlApi/faultMatrix',
	'AimlApi/media',
	'AimlApi/tool',
	'EmbeddingsAimlApi/embeddings',
	'LmChatAimlApi/langChain',
];

/** @type {import('jest').Config} */
module.exports = {
	...projects[0],
	displayName: process.env.N8N_ENGINE_NAME,
	testMatch: suites.map((suite) => `<rootDir>/test/unit/${suite}.test.ts`),
	moduleNameMapper: {
		'^n8n-core$': join(folder, 'n8n-core'),
		'^n8n-workflow$': join(folder, 'n8n-workflow'),
		'^@n8n/ai-node-sdk$': '<rootDir>/test/engine/absentSdk.cjs',
	},
	testTimeout,
	maxWorkers,
	// n8n-core 1.x never stops its timer for SSH connections.
	forceExit: true,
};
