import { clearCatalog } from '../../nodes/shared/models/catalog';
import { startScriptedServer, type ScriptedServer } from '../engine/scriptedServer';

/**
 * Starts a scripted server before the tests of a file and closes it after them. Each test begins with
 * a node that has not read the catalog yet.
 *
 * @returns the server; it can be used from the first `beforeAll` or test on
 */
export function useScriptedServer(): ScriptedServer {
	const server = {} as ScriptedServer;
	beforeAll(async () => {
		Object.assign(server, await startScriptedServer());
	});
	beforeEach(clearCatalog);
	afterAll(async () => await server.close());
	return server;
}
