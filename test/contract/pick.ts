/** The values with these names. */
export const pick = <T>(values: Record<string, T>, names: string[]): Record<string, T> =>
	Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));

/** The values without those with these names. */
export const omit = <T>(values: Record<string, T>, names: string[]): Record<string, T> =>
	Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
