/** The median of repeated measurements and how far they spread. */
export interface Summary {
	median: number;
	/** Half the distance from the smallest to the largest, divided by the median. */
	spread: number;
}

export function summarize(values: readonly number[]): Summary {
	const sorted = [...values].sort((one, other) => one - other);
	const median = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
	return { median, spread: (sorted.at(-1)! - sorted[0]) / 2 / median || 0 };
}

/** E.g. `12.3 ±4%`. */
export const toText = ({ median, spread }: Summary, digits = 1): string =>
	`${median.toFixed(digits)} ±${Math.round(spread * 100)}%`;

/**
 * Measures everything once per round, in alternating order, so that load on the machine affects all alike.
 *
 * @returns the values by name
 */
export async function inTurns<Name extends string | number>(
	names: readonly Name[],
	rounds: number,
	measure: (name: Name, round: number) => Promise<number>,
): Promise<Record<Name, number[]>> {
	const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
		Name,
		number[]
	>;
	for (let round = 0; round < rounds; round++) {
		for (const name of round % 2 ? [...names].reverse() : names) {
			values[name].push(await measure(name, round));
		}
	}
	return values;
}
