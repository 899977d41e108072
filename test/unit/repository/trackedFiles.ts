/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const REPOSITORY = resolve(__dirname, '../../..');

/**
 * Paths below the repository of all files that are not ignored by .gitignore, whose patterns are
 * names (`*.log`) and folders (`dist/`, `specs/downloaded/`). Works in a copy without git, too.
 */
export function trackedFiles(): string[] {
	const patterns = readFileSync(join(REPOSITORY, '.gitignore'), 'utf8').split('\n').filter(Boolean);
	const isIgnored = (path: string) => patterns.some((pattern) => matches(`/${path}`, pattern));
	const list = (folder: string): string[] =>
		readdirSync(join(REPOSITORY, folder), { withFileTypes: true }).flatMap((entry) => {
			const path = join(folder, entry.name);
			if (path === '.git') return [];
			if (entry.isDirectory()) return isIgnored(`${path}/`) ? [] : list(path);
			return isIgnored(path) ? [] : [path];
		});
	return list('');
}

/** The text of a file, by its path below the repository. */
export const readTracked = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');

const matches = (path: string, pattern: string): boolean =>
	pattern.startsWith('*') ? path.endsWith(pattern.slice(1)) : path.endsWith(`/${pattern}`);
