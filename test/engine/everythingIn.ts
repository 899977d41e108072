/**
 * All that a value holds as one text, to search it: of errors also what JSON leaves out, such as
 * message, stack and cause.
 */
export const everythingIn = (value: unknown): string => JSON.stringify(value, openErrors);

function openErrors(_: string, value: unknown): unknown {
	if (!(value instanceof Error)) return value;
	return Object.fromEntries(
		Object.getOwnPropertyNames(value).map((name) => [name, value[name as keyof Error]]),
	);
}
