import { startSandbox, type Sandbox } from '../../../sandbox';
import { runChatModel } from '../../engine/chatModelRun';

jest.mock('@n8n/ai-node-sdk', () => {
	throw new Error("Cannot find module '@n8n/ai-node-sdk'\nRequire stack:\n- …");
});

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

test('without n8n’s SDK the node loads, and says what it needs when it runs', async () => {
	const { error } = await runChatModel(sandbox, {}, async () => undefined);
	const said = `${error?.message} ${error?.description}`;
	expect(said).toContain('The AI/ML API Chat Model needs n8n 2.16 or later');
	expect(sandbox.requestLog.calls).toHaveLength(0);
});
