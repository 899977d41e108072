/** An error that the user can act on; only its message is shown, never a stack trace. */
export class UserFacingError extends Error {}

type Cause = readonly [pattern: RegExp, advice: string];

const SYSTEM_CAUSES: readonly Cause[] = [
	[
		/\bENOSPC\b|no space left on device/i,
		'The disk is full. Free some space (n8n needs about 3 GB) and run the command again.',
	],
	[
		/\b(EACCES|EPERM|EROFS)\b/,
		'A folder cannot be written to. Check its permissions and run the command again.',
	],
];

const NPM_CAUSES: readonly Cause[] = [
	...SYSTEM_CAUSES,
	[
		/find Python|not found: make|make: not found|C\+\+ compiler|g\+\+: not found|Visual Studio/i,
		'A part of n8n has to be compiled on this machine. Install python3, make and a C++ compiler (Debian: apt-get install python3 make g++) and run the command again.',
	],
	[
		/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/,
		'The npm registry cannot be reached. Check the network (or the proxy settings of npm) and run the command again.',
	],
	[/\b(E404|ETARGET)\b/, 'The npm registry in use does not have a package that n8n needs.'],
];

const adviceFor = (text: string, causes: readonly Cause[]): string | undefined =>
	causes.find(([pattern]) => pattern.test(text))?.[1];

const lastLines = (text: string, count: number): string =>
	text
		.split('\n')
		.filter((line) => !/^\s*(at .*)?$/.test(line))
		.slice(-count)
		.map((line) => `  ${line}`)
		.join('\n');

/** An error for a failed command, with advice if the cause is known, or else the end of its output. */
export const commandError = (
	what: string,
	output: string,
	causes = SYSTEM_CAUSES,
): UserFacingError =>
	new UserFacingError(
		`${what} failed. ${adviceFor(output, causes) ?? `It ended with:\n${lastLines(output, 12)}`}`,
	);

/** Like `commandError`, for npm and its known causes. */
export const npmError = (what: string, output: string): UserFacingError =>
	commandError(what, output, NPM_CAUSES);

/** The text to print for any error. */
export function userMessage(error: unknown): string {
	if (error instanceof UserFacingError) return error.message;
	const message = messages(error).join(': ');
	return adviceFor(message, SYSTEM_CAUSES) ?? message;
}

const messages = (error: unknown): string[] =>
	error instanceof Error ? [error.message, ...messages(error.cause)] : [];
