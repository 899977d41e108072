import { N8N_VERSION } from '../n8nInstall';

/** What an n8n needs besides its own version to be installed today, years after it was made. */
export interface Recipe {
	version: string;
	/** Why this version is among those that are tried. */
	why: string;
	/**
	 * Versions of what n8n depends on, where npm's choice of today breaks it: n8n pins its own
	 * dependencies, but not theirs.
	 */
	overrides: Record<string, string>;
	/** The major version of Node that it runs on, where it refuses that of the pinned n8n. */
	node?: number;
	/** What goes wrong there by n8n's own fault, by the name of the case. */
	faultsOfN8n?: Record<string, FaultOfN8n>;
	/** Settings that it needs, where they differ from those of the pinned n8n. */
	env?: Record<string, string>;
}

interface FaultOfN8n {
	/** Part of the result by which it is known; anything else is no fault of n8n. */
	result: string;
	why: string;
}

/** Of a later xlsx n8n has the tarball from a host of its own, which npm's registry does not hold. */
const xlsx = { xlsx: '0.18.5' };

/** Later ones need a later `@langchain/core` than n8n pins; `n8n start` is then 'not found'. */
const langgraph = {
	'@langchain/langgraph': '1.0.2',
	'@langchain/langgraph-checkpoint': '1.0.0',
};

/** A dependency of a dependency asks for 0.10, which then stands in the way of Sentry's. */
const telemetry = { '@opentelemetry/core': '2.6.0' };

/** Modules that are switched off for the pinned n8n, and which older ones refuse as unknown. */
const env = { N8N_DISABLED_MODULES: '' };

export const RECIPES: readonly Recipe[] = [
	{
		version: '1.85.4',
		why: 'the first with the connection types of today',
		overrides: xlsx,
		node: 22,
		env,
		faultsOfN8n: {
			'AI Agent 1.8: two tools at once, one of them this node': {
				// Nothing from our tool, and then what the calculator says to a text without a number.
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
	{ version: N8N_VERSION, why: 'the pinned newest', overrides: {} },
];
