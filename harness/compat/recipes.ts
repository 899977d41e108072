import { UserFacingError } from '../errors';
import { N8N_VERSION } from '../n8nInstall';

/** A version of n8n, and what it takes to install and start it today. */
export interface Recipe {
	version: string;
	/** Why this version is tried. */
	why: string;
	/** Versions of indirect dependencies, which n8n doesn't pin, if the latest ones break it. */
	overrides: Record<string, string>;
	/** The major version of Node, if n8n doesn't run on that of the pinned n8n. */
	node?: number;
	/** Bugs of this n8n, by the name of the case that they break. */
	faultsOfN8n?: Record<string, FaultOfN8n>;
	/** Environment variables that differ from those of the pinned n8n. */
	env?: Record<string, string>;
}

interface FaultOfN8n {
	/** Part of the result that identifies the bug; any other result is not n8n's fault. */
	result: string;
	why: string;
}

/** n8n wants a later xlsx from a host of its own; this is the last one on npm. */
const xlsx = { xlsx: '0.18.5' };

/** Later ones need a later `@langchain/core` than n8n pins, and `n8n start` is then 'not found'. */
const langgraph = {
	'@langchain/langgraph': '1.0.2',
	'@langchain/langgraph-checkpoint': '1.0.0',
};

/** An indirect dependency asks for 0.10, which conflicts with the version that Sentry needs. */
const telemetry = { '@opentelemetry/core': '2.6.0' };

/** Older versions don't know the modules that are disabled in the pinned n8n, and refuse to start. */
const env = { N8N_DISABLED_MODULES: '' };

export const RECIPES: readonly Recipe[] = [
	{
		version: '1.85.4',
		why: 'the first with today’s connection types',
		overrides: xlsx,
		node: 22,
		env,
		faultsOfN8n: {
			'AI Agent 1.8: two tools at once, one of them this node': {
				// Our tool returns nothing, and the calculator finds no number in the prompt.
				result: '"output":" I don\'t know how to do that."',
				why: 'before n8n 1.106, a declarative node with methods sends nothing as a tool, and the agent gets an empty answer',
			},
		},
	},
	{ version: '1.123.81', why: 'the last 1.x', overrides: { ...xlsx, ...langgraph }, env },
	{ version: '2.0.3', why: 'the first 2.x', overrides: { ...xlsx, ...langgraph }, env },
	{
		version: '2.16.1',
		why: 'the first with the SDK for AI nodes',
		overrides: { ...xlsx, ...langgraph, ...telemetry },
		env,
	},
	{
		version: '2.30.8',
		why: 'the middle of 2.x',
		overrides: { ...xlsx, '@langchain/langgraph-checkpoint': '1.0.0' },
		env,
	},
	{ version: N8N_VERSION, why: 'the newest, used for all other tests', overrides: {} },
];

/**
 * The recipes of some versions of n8n; all of them if none is named.
 *
 * @throws UserFacingError if there is no recipe for a version
 */
export function recipesOf(versions: readonly string[]): readonly Recipe[] {
	const known = RECIPES.map(({ version }) => version);
	const unknown = versions.find((version) => !known.includes(version));
	if (unknown) {
		throw new UserFacingError(
			`There is no recipe for n8n ${unknown}, only for ${known.join(', ')}`,
		);
	}
	return versions.length ? RECIPES.filter(({ version }) => versions.includes(version)) : RECIPES;
}
