/** Query parameters; each may come repeated. */
export type Query = Record<string, string | string[] | undefined>;

/** The values of a parameter, comma-separated or repeated, in lower case. */
export const valuesOf = (parameter: string | string[] | undefined): string[] =>
	[parameter ?? []]
		.flat()
		.flatMap((value) => value.split(','))
		.map((value) => value.trim().toLowerCase())
		.filter((value) => value !== '');
