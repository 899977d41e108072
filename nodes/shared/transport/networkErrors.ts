import { NodeApiError } from 'n8n-workflow';
import type { ApiErrorInfo } from '../errors/ApiError';
import { isRecord } from '../json';
import { withoutLogin } from './host';

/** What is requested, for error messages. */
export interface Target {
	kind: 'api' | 'file';
	/** The API's host, or the file's URL. */
	address: string;
	/** In milliseconds. */
	timeout: number;
	/** The setting it comes from, e.g. `'Timeout' in 'Options'`. */
	timeoutSetting: string;
	/** Whether the response is streamed, so that `timeout` limits the time between events. */
	isStream?: boolean;
	/** Whether a lost response may have been charged. */
	isPaid: boolean;
	/** Whether it uses the proxy in 'Request Options'. */
	isProxied?: boolean;
}

/** What is known of an error of Node.js or axios; n8n 1.104 to 2.33 keeps only its code. */
interface NetworkFailure {
	/** '' for none. */
	code: string;
	message: string;
	/** E.g. `connect` or `getaddrinfo`. */
	syscall?: string;
	/** The host that was tried: the proxy, if there is one. */
	triedHost?: string;
	triedPort?: number;
}

/**
 * Describes why a request got no complete response.
 *
 * @returns `undefined` if it isn't a network error
 */
export function networkError(error: unknown, target: Target): ApiErrorInfo | undefined {
	const failure = parseFailure(error);
	return failure && describeFailure(failure, target);
}

function describeFailure(failure: NetworkFailure, target: Target): ApiErrorInfo {
	const { code, message, syscall } = failure;
	if (INVALID.test(code)) return invalidAddressError(code, target);
	if (CERTIFICATE.test(code)) return certificateError(code, target);
	if (TLS.test(code)) return tlsError(code, target);
	const neverConnected =
		CONNECT_CALLS.has(syscall ?? '') ||
		NEVER_CONNECTED.has(code) ||
		message.includes('before secure TLS connection was established');
	if (neverConnected) return unreachableError(failure, target);
	if (TIMED_OUT.has(code)) return timeoutError(target);
	return brokenConnectionError(target, code);
}

/** Node's codes for an invalid URL or header. */
const INVALID =
	/^ERR_(INVALID_(URL|PROTOCOL|CHAR|HTTP_TOKEN|ARG_)|SOCKET_BAD_PORT|UNESCAPED_|BAD_(REQUEST|OPTION)|NOT_SUPPORT)/;
/** Node's codes for a certificate that OpenSSL rejects or that is for another host. */
const CERTIFICATE =
	/^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_C|INVALID_(CA|PURPOSE)|PATH_LENGTH_|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;
const TLS = /^(EPROTO|ERR_SSL_|ERR_TLS_)/;
const CONNECT_CALLS = new Set(['connect', 'getaddrinfo']);
const NEVER_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EAI_FAIL',
	'EHOSTUNREACH',
	'EHOSTDOWN',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
]);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT']);

function parseFailure(error: unknown): NetworkFailure | undefined {
	const causes = causesOf(error);
	const coded = causes.find((cause) => typeof cause.code === 'string' && cause.code !== '');
	if (!coded && !causes.some(({ isAxiosError }) => isAxiosError === true)) {
		const httpCode = error instanceof NodeApiError ? error.httpCode : null;
		return httpCode && /^[A-Z]/.test(httpCode) ? { code: httpCode, message: '' } : undefined;
	}
	const system = causes.find(({ syscall }) => typeof syscall === 'string') ?? {};
	return {
		code: String(system.code ?? coded?.code ?? ''),
		message: String(causes[0]?.message ?? ''),
		syscall: textOf(system.syscall),
		triedHost: textOf(system.hostname) ?? textOf(system.address),
		triedPort: typeof system.port === 'number' ? system.port : undefined,
	};
}

const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' ? value : undefined;

const MAX_CAUSES = 8;

/** The error and its chain of causes; of several connection attempts, the first one's. */
function causesOf(error: unknown): Array<Record<string, unknown>> {
	const causes: Array<Record<string, unknown>> = [];
	let next: unknown = error instanceof NodeApiError ? error.cause : error;
	while (isRecord(next) && causes.length < MAX_CAUSES) {
		causes.push(next);
		next = next.cause ?? (Array.isArray(next.errors) ? next.errors[0] : undefined);
	}
	return causes;
}

const NOTHING_SENT = 'Nothing was sent.';
const MAYBE_CHARGED = 'The call may have been charged. ';

function invalidAddressError(code: string, target: Target): ApiErrorInfo {
	const { kind, address } = target;
	return {
		kind: 'unsendable',
		message:
			kind === 'file'
				? `The file's address ${address} is not valid (${code})`
				: `The request to ${withoutLogin(address)} cannot be sent (${code})`,
		description:
			kind === 'file'
				? 'It must begin with https:// or http://.'
				: `Check 'Base URL' and 'API Key' in the credential. ${NOTHING_SENT}`,
	};
}

function certificateError(code: string, target: Target): ApiErrorInfo {
	return {
		kind: 'unsendable',
		message: `${subject(target)} has a certificate that this n8n does not trust (${code})`,
		description: `If a proxy or company network signs it, start n8n with NODE_EXTRA_CA_CERTS set to the path of its root certificate; if the name does not match, check ${place(target)}. ${NOTHING_SENT}`,
	};
}

function tlsError(code: string, target: Target): ApiErrorInfo {
	return {
		kind: 'unsendable',
		message: `Couldn't make a secure connection to ${target.kind === 'api' ? withoutLogin(target.address) : 'the server of ' + target.address} (${code})`,
		description: `The server may speak http:// only, or another version of TLS. Check ${place(target)}. ${NOTHING_SENT}`,
	};
}

/** An unknown host is final; all other connection errors are transient. */
function unreachableError(failure: NetworkFailure, target: Target): ApiErrorInfo {
	const { code } = failure;
	const kind = code === 'ENOTFOUND' ? 'unsendable' : 'unreachable';
	const proxy = proxyTried(failure, target);
	if (proxy) {
		return {
			kind,
			message: `The proxy ${proxy} can't be reached (${code})`,
			description: `Check the proxy: 'Proxy' under 'Request Options', or HTTP_PROXY and HTTPS_PROXY where n8n runs. ${NOTHING_SENT}`,
		};
	}
	return {
		kind,
		message: `${subject(target)} can't be reached (${code})`,
		description: `Check ${place(target)}, and that this n8n has access to the network.${target.isProxied ? " It goes through the proxy under 'Request Options'." : ''}`,
	};
}

/** The proxy that the connection failed to, if the tried host isn't the target. */
function proxyTried({ triedHost, triedPort, syscall }: NetworkFailure, target: Target) {
	if (!triedHost || !URL.canParse(target.address)) return undefined;
	const { hostname, port, protocol } = new URL(target.address);
	const targetPort = Number(port || (protocol === 'https:' ? 443 : 80));
	const isTarget =
		syscall === 'getaddrinfo'
			? triedHost === hostname
			: triedPort === undefined || triedPort === targetPort;
	return isTarget ? undefined : `${triedHost}${triedPort === undefined ? '' : `:${triedPort}`}`;
}

/** The response didn't arrive, or not completely, within its timeout. */
export function timeoutError(target: Target, bytes = 0): ApiErrorInfo {
	const { timeoutSetting, isPaid } = target;
	return {
		kind: 'timedOut',
		message: describeTimeout(target, bytes),
		description: `${isPaid ? MAYBE_CHARGED : ''}Raise ${timeoutSetting}${isPaid ? ', or choose a faster model' : ''}.`,
	};
}

function describeTimeout({ kind, address, timeout, isStream }: Target, bytes: number): string {
	const seconds = `${timeout / 1000} s`;
	if (kind === 'file') return `The file at ${address} did not arrive within ${seconds}`;
	if (bytes === 0) return `The API did not answer within ${seconds}`;
	return isStream
		? `The API sent nothing more of its answer for ${seconds}`
		: `The API's answer was not complete within ${seconds}`;
}

/** A response or file that exceeds its limit. */
export function tooLargeError(target: Target, maxBytes: number): ApiErrorInfo {
	const size = `${Math.round(maxBytes / 1_000_000).toLocaleString('en-US')} MB`;
	return {
		kind: 'tooLarge',
		message: `${target.kind === 'file' ? `The file at ${target.address}` : "The API's answer"} is larger than ${size}`,
		description: `The node stops here so that n8n doesn't run out of memory. ${target.kind === 'file' ? 'Download the file in another way.' : `${target.isPaid ? MAYBE_CHARGED : ''}Ask for less.`}`,
	};
}

/** The connection broke while the response or file was sent. */
export function brokenConnectionError(target: Target, code = ''): ApiErrorInfo {
	const { kind, address, isPaid } = target;
	const cause = code && ` (${code})`;
	return {
		kind: 'brokenAnswer',
		message:
			kind === 'file'
				? `The connection broke before the file at ${address} was complete${cause}`
				: `The connection to ${withoutLogin(address)} broke before the answer was complete${cause}`,
		description: `${isPaid ? MAYBE_CHARGED : ''}Run again; if it keeps happening, look for a proxy that closes long connections.`,
	};
}

/** A redirect to another server, which would get the request's content. */
export function redirectError(status: number, location: string, target: Target): ApiErrorInfo {
	return {
		kind: 'unsendable',
		message: `${withoutLogin(target.address)} redirects to ${withoutLogin(location) || 'nowhere'} (HTTP status ${status})`,
		description:
			"The request was not forwarded to another server. If the API is there, enter that URL as 'Base URL' in the credential.",
		httpStatus: status,
	};
}

const subject = ({ kind, address }: Target): string =>
	kind === 'api' ? `The API at ${withoutLogin(address)}` : `The server of the file at ${address}`;

const place = ({ kind }: Target): string =>
	kind === 'api' ? "'Base URL' in the credential" : "the file's URL";
