import { isRecord } from './json';

const MASK = '***';
/** So much of the key gives it away; an answer may repeat it cut. */
const TELLING_LENGTH = 12;

/**
 * A text from outside without passwords and keys: what a host or an answer repeats of them must not
 * be stored with the execution.
 *
 * @param secrets those that are known, such as the API key
 */
export function maskSecrets(text: string, secrets: readonly string[] = []): string {
	const masked = secrets.filter((secret) => secret.length >= MIN_LENGTH).reduce(maskSecret, text);
	return masked
		.replace(/(\b(?:bearer|basic)\s+)([\w.~+/=-]+)/gi, (all, scheme: string, token: string) =>
			token.length >= MIN_TOKEN_LENGTH && !/^[a-z]+$/.test(token) ? scheme + MASK : all,
		)
		.replace(/(:\/\/)[^\s/?#@]+@/g, `$1${MASK}@`)
		.replace(/\bsk-[\w-]+/g, (key) => (key.length >= MIN_KEY_LENGTH ? MASK : key));
}

/** What follows `Bearer` and is shorter, or a plain word, is part of a sentence. */
const MIN_TOKEN_LENGTH = 6;
const MIN_KEY_LENGTH = 15;

/** Shorter ones would be found in any text. */
const MIN_LENGTH = 4;

function maskSecret(text: string, secret: string): string {
	const start = secret.slice(0, TELLING_LENGTH).replace(/[^\w]/g, '\\$&');
	const rest = secret.length > TELLING_LENGTH ? '[^\\s"\'<>,;]*' : '';
	return text.replace(new RegExp(start + rest, 'g'), MASK);
}

/** The same for all texts in a value of JSON. */
export function maskIn(value: unknown, secrets: readonly string[]): unknown {
	if (typeof value === 'string') return maskSecrets(value, secrets);
	if (Array.isArray(value)) return value.map((entry) => maskIn(entry, secrets));
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, maskIn(entry, secrets)]),
	);
}

/** What must not be repeated of a credential: its key, and a password in its host. */
export function secretsOf({ apiKey, url }: { apiKey?: string; url?: string }): string[] {
	const password = url && URL.canParse(url) ? new URL(url).password : '';
	// As the credential sends it, whichever way it was pasted.
	const key = (apiKey ?? '').trim().replace(/^Bearer\s+/i, '');
	return [key, password].filter(Boolean);
}
