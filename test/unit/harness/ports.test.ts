/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort, requirePort } from '../../../harness/ports';

test('a port in use is refused with what to do, a free one is not', async () => {
	const port = await freePort();
	await requirePort(port, 'the editor');
	const server = createServer().listen(port, '127.0.0.1');
	await once(server, 'listening');
	try {
		await expect(requirePort(port, 'the editor')).rejects.toThrow(
			new RegExp(`^Port ${port}, wanted for the editor, is in use .*--port=`),
		);
	} finally {
		server.close();
	}
});
