/** The entry of that name, if there is one. */
export const pick = <T>(table: Record<string, T>, name: string | undefined): T | undefined =>
	name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
