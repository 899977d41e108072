/** Text in backticks that may be a path below the repository. */
const CODE = /`([\w.][\w./<>*-]*)`/g;
const LOOKS_LIKE_A_PATH = /\/|\.(?:ts|js|json|md|yml)$/;

/**
 * The paths in backticks on a page that lead to no file or folder of the repository. `*` and a name in
 * angle brackets stand for any name; a name without a folder may be anywhere.
 *
 * @param files all of the repository's, as paths below it
 */
export function findLostPaths(page: string, files: string[]): string[] {
	return [...page.matchAll(CODE)]
		.map(([, code]) => code)
		.filter((code) => LOOKS_LIKE_A_PATH.test(code))
		.filter((path) => !files.some((file) => toPattern(path).test(file)));
}

function toPattern(path: string): RegExp {
	const trimmed = path.replace(/\/$/, '');
	const start = trimmed.includes('/') ? '^' : '(?:^|/)';
	const parts = trimmed.split(/<\w+>|\*/).map((part) => part.replaceAll('.', '\\.'));
	return new RegExp(`${start}${parts.join('[^/]+')}(?:/|$)`);
}
