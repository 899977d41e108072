import { createHash } from 'crypto';

const digest = (parts: ReadonlyArray<string | number>) =>
	createHash('sha256').update(parts.join('\u0000')).digest('hex');

/** A deterministic number in [0, 1) for `parts`. */
export function random(...parts: Array<string | number>): number {
	return parseInt(digest(parts).slice(0, 13), 16) / 2 ** 52;
}

/** A deterministic UUID for `parts`. */
export function idFrom(...parts: Array<string | number>): string {
	const hex = digest(parts);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20, 32),
	].join('-');
}
