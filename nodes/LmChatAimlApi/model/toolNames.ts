/** Tool names that all providers accept: OpenAI's characters, and Gemini's first character. */
const ACCEPTED = /^[a-zA-Z_][a-zA-Z0-9_-]*$/;
const MAX_LENGTH = 64;
const isAccepted = (name: string): boolean => name.length <= MAX_LENGTH && ACCEPTED.test(name);

/** The names of an agent's tools in n8n and in the API. */
export interface ToolNames {
	toApi(name: string): string;
	/** The name of a called tool in n8n; an unknown name stays as it is. */
	toN8n(name: string): string;
}

/**
 * Maps names that models reject, e.g. of MCP tools with spaces, dots or more than 64 characters. The
 * mapping is unique, and the same in each turn.
 */
export function mapToolNames(names: string[]): ToolNames {
	const toApi = new Map<string, string>();
	const taken = new Set(names.filter(isAccepted));
	const counts = new Map<string, number>();
	for (const name of names) {
		if (toApi.has(name)) continue;
		const accepted = isAccepted(name) ? name : freeName(toAccepted(name), taken, counts);
		taken.add(accepted);
		toApi.set(name, accepted);
	}
	const toN8n = new Map([...toApi].map(([name, accepted]) => [accepted, name]));
	return {
		// A tool called in an earlier turn may have been removed from the agent since.
		toApi: (name) => toApi.get(name) ?? toAccepted(name),
		toN8n: (name) => (toApi.has(name) ? name : (toN8n.get(name) ?? name)),
	};
}

function toAccepted(name: string): string {
	const safe = name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, MAX_LENGTH) || 'tool';
	return ACCEPTED.test(safe) ? safe : `_${safe}`.slice(0, MAX_LENGTH);
}

/** @param counts how many names were mapped to each name */
function freeName(name: string, taken: Set<string>, counts: Map<string, number>): string {
	let free = name;
	let count = counts.get(name) ?? 1;
	while (taken.has(free)) {
		const suffix = `_${++count}`;
		free = name.slice(0, MAX_LENGTH - suffix.length) + suffix;
	}
	counts.set(name, count);
	return free;
}
