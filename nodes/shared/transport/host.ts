import { InputError } from '../errors/InputError';
import { BALANCE, BATCHES, ENDPOINTS, MODELS, USAGE } from '../models/endpoints';

const DEFAULT_HOST = 'https://api.aimlapi.com';

/** Paths that users paste after the host. */
const API_PATHS = [...ENDPOINTS, BATCHES, MODELS, BALANCE, USAGE].map(({ path }) => path);

/**
 * Normalizes 'Base URL' of the credential. Removes a pasted version or endpoint and trailing slashes,
 * since all paths include their version; adds a missing scheme.
 *
 * @throws InputError if it is invalid, without the user name and password in its text
 */
export function normalizeHost(given: unknown): string {
	const text = typeof given === 'string' ? given.trim() : '';
	if (text === '') throw invalidHost('is empty');
	const address = withScheme(text);
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (!url) throw invalidHost('is not a URL');
	if (!/^https?:$/.test(url.protocol)) {
		throw invalidHost(`must begin with https:// or http://, not with ${url.protocol}//`);
	}
	if (/[?#]/.test(address)) throw invalidHost("holds more than an address: a '?' or a '#'");
	const login = url.username && `${url.username}:${url.password}@`;
	return `${url.protocol}//${login}${url.host}${withoutApiPath(url.pathname)}`;
}

/** A URL without its user name and password, for messages. */
export function withoutLogin(address: string): string {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	return url?.username ? address.replace(/\/\/[^/]*@/, '//') : address;
}

/** Servers on the user's own machine or network, which rarely have a certificate. */
const PRIVATE_HOST =
	/^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\])[\d.]*(:\d+)?(\/|$)/i;

function withScheme(text: string): string {
	if (/^(https?:|[a-z][a-z\d+.-]*:\/\/)/i.test(text)) return text;
	return `${PRIVATE_HOST.test(text) ? 'http' : 'https'}://${text}`;
}

function withoutApiPath(path: string): string {
	const segments = path.split('/').filter(Boolean);
	const joined = `/${segments.join('/')}`;
	const endpoint = API_PATHS.find((known) => joined.endsWith(known));
	if (endpoint) return withoutApiPath(joined.slice(0, -endpoint.length));
	while (/^v\d+$/.test(segments.at(-1) ?? '')) segments.pop();
	return segments.map((segment) => `/${segment}`).join('');
}

const invalidHost = (problem: string): InputError =>
	new InputError(
		`'Base URL' in the credential ${problem}`,
		`Enter the address of the API, ${DEFAULT_HOST}, or that of a proxy of your own. Nothing was sent.`,
	);
