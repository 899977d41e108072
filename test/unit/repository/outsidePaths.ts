/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The text between two arguments of `join`. */
const BETWEEN_ARGUMENTS = /(["'`])\s*,\s*\1/g;

/** A path that begins with `..`, and the variable that `join` puts before it. */
const PARENT_PATH = /(?:(\w+)\s*,\s*["'`])?(?<![\w.]\/?)\.\.(?:\/[\w.@-]*)*(?![\w.])/g;

const EXTENSIONS = ['', '.ts', '.js', '.json'];

/**
 * The paths in a file that lead to a folder above the repository: those that begin with `..` and leave
 * the repository from the file's folder, or find nothing, so are relative to another folder.
 *
 * @param file path below the repository, with its `text`
 */
export function findOutsidePaths(file: string, text: string, repository: string): string[] {
	const folder = dirname(file);
	return [...text.replace(BETWEEN_ARGUMENTS, '/').matchAll(PARENT_PATH)]
		.filter(([, start = '__dirname']) => start === '__dirname')
		.map(([path]) => path.slice(path.indexOf('..')))
		.filter((path) => !isInside(join(folder, path), repository));
}

const isInside = (path: string, repository: string): boolean =>
	!path.startsWith('..') &&
	EXTENSIONS.some((extension) => existsSync(join(repository, path + extension)));
