import { AimlApi } from '../../credentials/AimlApi.credentials';
import { example } from '../../harness/workflows/workflow';
import { EditorPage } from './support/editorPage';
import { uiEnvironment } from './support/environment';

jest.setTimeout(300_000);

const PAGE = 'aimlapi.com/app/keys';

let editor: EditorPage;

beforeAll(async () => {
	editor = await EditorPage.open();
	await editor.openNewWorkflow(example('message-a-model'));
	await editor.openNode('Message a Model');
	await editor.by('credential-edit-button').click();
});

afterAll(async () => await editor?.close('credential'));

/** Saves what the dialog shows, and waits until n8n shows why it is refused. */
async function refusedWith(reason: string): Promise<void> {
	await editor.by('credential-save-button').click();
	await editor.page.getByText('Couldn’t connect with these settings').waitFor();
	// Once they are shown, they stay.
	const details = editor.page.getByText('More details');
	if ((await details.count()) > 0) await details.click();
	await editor.page.getByText(reason).first().waitFor();
}

test('the credential says where to get a key without a click or hover', async () => {
	const link = editor.page.getByRole('link', { name: PAGE });
	await link.waitFor();
	expect(await link.getAttribute('href')).toBe(`https://${PAGE}`);
});

test('a wrong key is refused with a sentence that says what to do', async () => {
	await editor.fillCredential('apiKey', 'wrong-key');
	await refusedWith(`The API key isn't valid. Copy it again from ${PAGE}.`);
	await editor.screenshot('credential-refused');
});

test.each([
	['http://127.0.0.1:9', 'ECONNREFUSED'],
	['http://127.0.0.1:99999', 'ERR_INVALID_URL'],
])(
	"n8n shows a bare code for the base URL %s, which the field's help explains",
	async (url, code) => {
		await editor.fillCredential('url', url);
		await refusedWith(code);
		const { description } = new AimlApi().properties.find(({ name }) => name === 'url')!;
		expect(description).toContain(code);
	},
);

test('the right key is accepted, also with its scheme in front', async () => {
	const { apiKey, sandboxUrl } = uiEnvironment();
	await editor.fillCredential('url', sandboxUrl);
	await editor.fillCredential('apiKey', `Bearer ${apiKey}`);
	await editor.by('credential-save-button').click();
	await editor.by('credentials-config-container-test-success').waitFor();
	await editor.screenshot('credential-accepted');
});
