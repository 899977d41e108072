/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- runs on the developer's machine, never inside n8n */
import { parseArgs } from 'node:util';
import { startSandbox, type SandboxOptions } from './index';

const USAGE = `Options:
  --port <number>     4010 by default; 0 takes a free one
  --latency <ms>      before each answer
  --seed <number>     of ids, answers and random faults
  --specs <folder>    OpenAPI documents with an index.json (or AIMLAPI_SPECS)
  --rate <number>     requests per second, then 429 with Retry-After
  --variants          list the sandbox/… models too, whose answers deviate`;

function parseOptions(): SandboxOptions | undefined {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: {
			port: text,
			latency: text,
			seed: text,
			specs: text,
			rate: text,
			variants: { type: 'boolean', default: false },
			help: { type: 'boolean' },
		},
	});
	if (values.help) return undefined;
	const rate = parseNumber('rate', values.rate);
	return {
		port: parseNumber('port', values.port) ?? 4010,
		listVariants: values.variants,
		latencyMs: parseNumber('latency', values.latency),
		seed: parseNumber('seed', values.seed),
		specs: values.specs || process.env.AIMLAPI_SPECS || undefined,
		rate: rate ? { requestsPerSecond: rate, retryAfter: 'seconds' } : undefined,
	};
}

function parseNumber(name: string, value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	const number = Number(value);
	if (value === '' || !(number >= 0)) throw new Error(`--${name} takes a number, not "${value}"`);
	return number;
}

async function run(): Promise<void> {
	const options = parseOptions();
	if (!options) return console.log(USAGE);
	const sandbox = await startSandbox(options);
	console.log(`AI/ML API sandbox: ${sandbox.url}`);
	console.log(`API key:           ${sandbox.apiKey}`);
	console.log(`Models:            ${sandbox.models.length}`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

run().catch(({ code, message }: NodeJS.ErrnoException) => {
	console.error(
		code === 'EADDRINUSE' ? 'The port is taken. Choose another one with --port.' : message,
	);
	process.exitCode = 1;
});
