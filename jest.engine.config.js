const { join } = require('node:path');
const { projects, testTimeout, maxWorkers } = require('./jest.config.js');

/** The folder of another n8n-core and n8n-workflow; `npm run test:versions` sets it. */
const folder = join(process.env.N8N_ENGINE, 'node_modules');

/** What rests on n8n's engine: runs, every fault, files, tools, sub-nodes. */
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
