/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserFacingError } from './errors';

/** Debian installs versions of PostgreSQL side by side, none of them on the PATH. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

const searched = (env: NodeJS.ProcessEnv, versions: string): string[] => [
	...(env.PATH ?? '').split(delimiter),
	...(existsSync(versions) ? readdirSync(versions) : [])
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => join(versions, version, 'bin')),
];

/**
 * The path of an installed program.
 *
 * @param name e.g. `redis-server`
 * @param debianPackage the package to install if it is missing
 * @throws UserFacingError if it is missing
 */
export function requireProgram(
	name: string,
	debianPackage: string,
	{ env = process.env, versions = POSTGRES_VERSIONS } = {},
): string {
	const found = searched(env, versions)
		.map((folder) => join(folder, name))
		.find((path) => existsSync(path));
	if (found) return found;
	throw new UserFacingError(
		`'${name}' is not installed, but n8n's queue mode needs it. Install it (Debian: apt-get install ${debianPackage}) and run the command again.`,
	);
}
