import { createHash } from 'crypto';

const digest = (parts: ReadonlyArray<string | number>) =>
	createHash('sha256').update(parts.join('\u0000')).digest('hex');

/** A deterministic number in [0, 1) for `parts`. */
export function random(...parts: Array<string | number>): number {
	return parseInt(digest(parts).slice(0, 13), 16) / 2 ** 52;
}

/** A deterministic UUID for `parts`. */
export function idFrom(...parts: Array<string | number>): string {
	return digest(parts).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');
}
