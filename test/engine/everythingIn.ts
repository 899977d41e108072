/**
 * Everything in a value as one text, to search it: also what JSON leaves out of errors, such as message,
 * stack and cause.
 */
export const everythingIn = (value: unknown): string => JSON.stringify(value, openErrors);

function openErrors(_: string, value: unknown): unknown {
	if (!(value instanceof Error)) return value;
	return Object.fromEntries(
		Object.getOwnPropertyNames(value).map((name) => [name, value[name as keyof Error]]),
	);
}
