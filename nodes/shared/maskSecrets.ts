import { isRecord } from './json';

const MASK = '***';
/** Shorter secrets would be found in any text. */
const MIN_SECRET_LENGTH = 4;
/** This much of a secret is enough to find it; an answer may repeat it shortened. */
const PREFIX_LENGTH = 12;
/** What follows `Bearer` and is shorter, or a plain word, is part of a sentence. */
const MIN_TOKEN_LENGTH = 6;
const MIN_KEY_LENGTH = 15;

/**
 * Masks passwords and keys in a text from outside: what a host or an answer repeats of them must not
 * be stored with the execution.
 *
 * @param secrets known ones, such as the API key
 */
export function maskSecrets(text: string, secrets: readonly string[] = []): string {
	const masked = secrets
		.filter((secret) => secret.length >= MIN_SECRET_LENGTH)
		.reduce(maskSecret, text);
	return masked
		.replace(/(\b(?:bearer|basic)\s+)([\w.~+/=-]+)/gi, (all, scheme: string, token: string) =>
			token.length >= MIN_TOKEN_LENGTH && !/^[a-z]+$/.test(token) ? scheme + MASK : all,
		)
		.replace(/(:\/\/)[^\s/?#@]+@/g, `$1${MASK}@`)
		.replace(/\bsk-[\w-]+/g, (key) => (key.length >= MIN_KEY_LENGTH ? MASK : key));
}

function maskSecret(text: string, secret: string): string {
	const start = secret.slice(0, PREFIX_LENGTH).replace(/[^\w]/g, '\\$&');
	const rest = secret.length > PREFIX_LENGTH ? '[^\\s"\'<>,;]*' : '';
	return text.replace(new RegExp(start + rest, 'g'), MASK);
}

/** Masks secrets in all texts of a JSON value. */
export function maskIn(value: unknown, secrets: readonly string[]): unknown {
	if (typeof value === 'string') return maskSecrets(value, secrets);
	if (Array.isArray(value)) return value.map((entry) => maskIn(entry, secrets));
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, maskIn(entry, secrets)]),
	);
}

/** The secrets of a credential: its key, and the password in its host, if any. */
export function secretsOf({ apiKey, url }: { apiKey?: string; url?: string }): string[] {
	const password = url && URL.canParse(url) ? new URL(url).password : '';
	// As the credential sends it, whichever way it was pasted.
	const key = (apiKey ?? '').trim().replace(/^Bearer\s+/i, '');
	return [key, password].filter(Boolean);
}
