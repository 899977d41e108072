/** What of a V8 CPU profile is read here. */
export interface CpuProfile {
	nodes: Array<{
		id: number;
		callFrame: { functionName: string; url: string };
		children?: number[];
	}>;
	/** The ids of the nodes that were on top of the stack, one after the other. */
	samples: number[];
	/** Microseconds before each sample. */
	timeDeltas: number[];
}

/**
 * Looks at the longest stretch in which the thread was never idle.
 *
 * @returns milliseconds that it lasted, and that functions of the files had a part in the stack
 */
export function longestStretch(
	{ nodes, samples, timeDeltas }: CpuProfile,
	isOfInterest: (file: string) => boolean,
): { ms: number; partMs: number } {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])));
	const parts = new Map<number | undefined, boolean>([[undefined, false]]);
	const isPart = (id: number | undefined): boolean => {
		const known = parts.get(id);
		if (known !== undefined) return known;
		const part = isOfInterest(byId.get(id!)!.callFrame.url) || isPart(parents.get(id!));
		parts.set(id, part);
		return part;
	};

	let longest = { ms: 0, partMs: 0 };
	let present = { ms: 0, partMs: 0 };
	for (const [index, id] of samples.entries()) {
		if (byId.get(id)!.callFrame.functionName === '(idle)') present = { ms: 0, partMs: 0 };
		else {
			const ms = timeDeltas[index] / 1000;
			present = { ms: present.ms + ms, partMs: present.partMs + (isPart(id) ? ms : 0) };
		}
		if (present.ms > longest.ms) longest = present;
	}
	return longest;
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
