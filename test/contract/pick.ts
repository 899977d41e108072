/** Those of the values that go by the names. */
export const pick = <T>(values: Record<string, T>, names: string[]): Record<string, T> =>
	Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));

/** All of the values but those that go by the names. */
export const omit = <T>(values: Record<string, T>, names: string[]): Record<string, T> =>
	Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
