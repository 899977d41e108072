/** A V8 CPU profile, as far as it is used here. */
export interface CpuProfile {
	nodes: Array<{
		id: number;
		callFrame: { functionName: string; url: string };
	}>;
	/** IDs of the nodes on top of the stack, in order of time. */
	samples: number[];
	/** Microseconds since the previous sample. */
	timeDeltas: number[];
}

/**
 * The self time of each part's functions, in milliseconds.
 *
 * @param parts patterns of the files of each part; the first match counts
 */
export function selfTimeByPart(
	{ nodes, samples, timeDeltas }: CpuProfile,
	parts: Record<string, RegExp>,
): Record<string, number> {
	const partOf = new Map(nodes.map(({ id, callFrame }) => [id, nameOfPart(callFrame, parts)]));
	const times: Record<string, number> = {};
	for (const [index, id] of samples.entries()) {
		const part = partOf.get(id)!;
		times[part] = (times[part] ?? 0) + timeDeltas[index] / 1000;
	}
	return times;
}

function nameOfPart(
	{ functionName, url }: CpuProfile['nodes'][number]['callFrame'],
	parts: Record<string, RegExp>,
): string {
	if (functionName === '(garbage collector)') return 'garbage collection';
	if (functionName === '(idle)') return 'idle';
	return Object.keys(parts).find((name) => parts[name].test(url)) ?? 'others';
}
