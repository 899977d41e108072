/** What of a V8 CPU profile is read here. */
export interface CpuProfile {
	nodes: Array<{
		id: number;
		callFrame: { functionName: string; url: string };
	}>;
	/** The IDs of the nodes that were on top of the stack, one after the other. */
	samples: number[];
	/** Microseconds before each sample. */
	timeDeltas: number[];
}

/**
 * The time that passed in the functions of each part themselves, in milliseconds.
 *
 * @param parts names of parts with the pattern of their files; the first that fits counts
 */
export function shareByPart(
	{ nodes, samples, timeDeltas }: CpuProfile,
	parts: Record<string, RegExp>,
): Record<string, number> {
	const partOf = new Map(nodes.map(({ id, callFrame }) => [id, nameOfPart(callFrame, parts)]));
	const shares: Record<string, number> = {};
	for (const [index, id] of samples.entries()) {
		const part = partOf.get(id)!;
		shares[part] = (shares[part] ?? 0) + timeDeltas[index] / 1000;
	}
	return shares;
}

function nameOfPart(
	{ functionName, url }: CpuProfile['nodes'][number]['callFrame'],
	parts: Record<string, RegExp>,
): string {
	if (functionName === '(garbage collector)') return 'garbage collection';
	if (functionName === '(idle)') return 'idle';
	return Object.keys(parts).find((name) => parts[name].test(url)) ?? 'others';
}
